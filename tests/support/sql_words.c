/*
 * sql_words.c - names, strings, signs; comments are nothing.
 */
#include "support/sql_forms.h"

#include <ctype.h>
#include <strings.h>

#include "base/base.h"

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$';
}

static const char *skip_blank(const char *at)
{
    for (;;) {
        at += strspn(at, " \t\r\n");
        if (strncmp(at, "--", 2) != 0)
            return at;
        at += strcspn(at, "\n");
    }
}

/* The end of the string that begins with the quote AT; BACKSLASH escapes. */
static const char *string_end(const char *at, bool backslash)
{
    const char quote = *at++;

    for (; *at != '\0'; at++) {
        if ((backslash && *at == '\\' && at[1] != '\0') ||
            (*at == quote && at[1] == quote))
            at++;
        else if (*at == quote)
            return at + 1;
    }
    return at;
}

/* Behind the word AT.  "$$" or "$do$" is one, "$1" a name. */
static const char *word_end(const char *at)
{
    if (*at == '$' && !isdigit((unsigned char)at[1])) {
        at++;
        while (is_name(*at) && *at != '$')
            at++;
        return *at == '$' ? at + 1 : at;
    }
    if ((at[0] == 'E' || at[0] == 'e') && at[1] == '\'')
        return string_end(at + 1, true);
    if (*at == '\'' || *at == '"')
        return string_end(at, false);
    if (is_name(*at)) {
        while (is_name(*at))
            at++;
        return at;
    }
    return at + 1;
}

static bool is_body_quote(const struct sql_word *word)
{
    return word->s[0] == '$' && word->len > 1 && word->s[word->len - 1] == '$';
}

/* Pair parentheses and quotes of bodies. */
static void pair(struct sql_words *words)
{
    size_t *open = xcalloc(words->count + 1, sizeof *open), depth = 0, body = SIZE_MAX;

    for (size_t i = 0; i < words->count; i++) {
        struct sql_word *word = &words->word[i];

        word->close = i;
        if (is_body_quote(word)) {
            if (body != SIZE_MAX)
                words->word[body].close = i;
            body = body == SIZE_MAX ? i : SIZE_MAX;
        }
        if (*word->s == ')' && depth > 0)
            words->word[open[--depth]].close = i;
        word->depth = (int)depth;
        if (*word->s == '(')
            open[depth++] = i;
    }
    free(open);
}

struct sql_words sql_words_of(const char *text)
{
    struct sql_words words = { 0 };

    for (const char *at = skip_blank(text), *end; *at != '\0'; at = skip_blank(end)) {
        end = word_end(at);
        words.word = xrealloc(words.word, words.count + 1, sizeof *words.word);
        words.word[words.count++] =
            (struct sql_word){ .s = at, .len = (size_t)(end - at) };
    }
    pair(&words);
    return words;
}

void sql_words_free(struct sql_words *words)
{
    free(words->word);
    *words = (struct sql_words){ 0 };
}

bool sql_word_is(const struct sql_words *words, size_t i, const char *text)
{
    return i < words->count && words->word[i].len == strlen(text) &&
           strncasecmp(words->word[i].s, text, words->word[i].len) == 0;
}

bool sql_word_in(const struct sql_words *words, size_t i, const char *list)
{
    if (i >= words->count)
        return false;
    for (const char *at = list; (at = strchr(at, '|')) != NULL && at[1] != '\0'; at++)
        if (strncasecmp(at + 1, words->word[i].s, words->word[i].len) == 0 &&
            at[1 + words->word[i].len] == '|')
            return true;
    return false;
}

size_t sql_words_find(const struct sql_words *words, size_t i, size_t end,
                      const char *list)
{
    while (i < end && !sql_word_in(words, i, list))
        i++;
    return i;
}

size_t sql_statement_end(const struct sql_words *words, size_t i)
{
    while (i < words->count && *words->word[i].s != ';')
        i++;
    return i;
}

size_t sql_level_end(const struct sql_words *words, size_t i)
{
    int depth = i < words->count ? words->word[i].depth : 0;

    while (i < words->count && words->word[i].depth >= depth && *words->word[i].s != ';')
        i++;
    return i;
}

size_t sql_level_begin(const struct sql_words *words, size_t i)
{
    int depth = words->word[i].depth;

    while (i > 0 && words->word[i - 1].depth >= depth && *words->word[i - 1].s != ';')
        i--;
    return i;
}
