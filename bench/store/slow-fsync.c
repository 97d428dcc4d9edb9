/* A slower disk: preloaded, it lets each fsync take as many microseconds longer as SLOW_FSYNC_US says. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int slowed(const char *name, int file) {
  static useconds_t longer = 0;
  if (longer == 0) {
    const char *given = getenv("SLOW_FSYNC_US");
    longer = given == NULL ? 2000 : (useconds_t)atoi(given);
  }
  usleep(longer);
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(file);
}

int fsync(int file) { return slowed("fsync", file); }
int fdatasync(int file) { return slowed("fdatasync", file); }
