/* Copies a folder's database files before each change that SQLite makes to them.
   Preloaded into one test process: SNAPSHOT_OF is the folder, SNAPSHOT_TO where the copies go. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int taken = 0;

static void copy(const char *name, const char *to) {
    char from[4096], into[4096], block[65536];
    snprintf(from, sizeof from, "%s/%s", getenv("SNAPSHOT_OF"), name);
    int source = open(from, O_RDONLY);
    if (source < 0) return;
    snprintf(into, sizeof into, "%s/%s", to, name);
    int target = open(into, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    ssize_t got;
    while ((got = read(source, block, sizeof block)) > 0) {
        ssize_t (*plain)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
        if (plain(target, block, got) != got) abort();
    }
    close(source);
    close(target);
}

static void snapshot(const char *path) {
    const char *folder = getenv("SNAPSHOT_OF"), *out = getenv("SNAPSHOT_TO");
    if (!folder || !out || strncmp(path, folder, strlen(folder)) || !strstr(path, "journal.db"))
        return;
    char to[4096];
    snprintf(to, sizeof to, "%s/%05d", out, taken++);
    mkdir(to, 0700);
    copy("journal.db", to);
    copy("journal.db-journal", to);
}

static void of_file(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return;
    path[length] = 0;
    snapshot(path);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    of_file(file);
    return real(file, data, size, at);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    REAL(pwrite);
    of_file(file);
    return real(file, data, size, at);
}
ssize_t write(int file, const void *data, size_t size) {
    REAL(write);
    of_file(file);
    return real(file, data, size);
}
int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    of_file(file);
    return real(file, size);
}
int ftruncate(int file, off_t size) {
    REAL(ftruncate);
    of_file(file);
    return real(file, size);
}
int unlink(const char *path) {
    REAL(unlink);
    snapshot(path);
    return real(path);
}
