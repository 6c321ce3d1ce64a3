/*
 * replay.c - a main for the fuzz targets where there is no libFuzzer: hands them
 * the files named on the command line, so that `make test` replays the corpus.
 */
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0, got;
    uint8_t *data = NULL;

    if (file == NULL) {
        perror(path);
        return 1;
    }
    do {
        data = xrealloc(data, size + 65536, 1);
        got = fread(data + size, 1, 65536, file);
        size += got;
    } while (got > 0);
    (void)fclose(file);

    printf("%s\n", path);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++)
        failed += replay(argv[i]);
    printf("%d passed, %d failed\n", argc - 1 - failed, failed);
    return failed != 0;
}
