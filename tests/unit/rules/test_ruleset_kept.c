/*
 * rules_load_kept: what the ledger keeps of a set, without a folder.
 */
#include <criterion/criterion.h>
#include <jansson.h>

#include "base/base.h"
#include "base/temp.h"
#include "output/file.h"
#include "rules/rules_impl.h"

/* CONTENT is hex digits; owned by the caller. */
static char *text_of(const char *content)
{
    size_t len = strlen(content) / 2;
    char *text = xcalloc(len + 1, 1);

    for (size_t i = 0; i < len; i++)
        text[i] = (char)(hex_digit(content[2 * i]) << 4 | hex_digit(content[2 * i + 1]));
    return text;
}

/* What the ledger keeps of a set is the set: also of several folders. */
Test(ruleset_kept, is_the_same)
{
    static const char table[] =
        "{\"rules\":[{\"id\":\"site\",\"when\":{\"destination_operator\":\"Kyivstar\"},"
        "\"then\":{\"category\":\"BUSY\",\"confidence\":\"certain\"}}]}";
    struct err err = { 0 };
    struct buf path = { 0 }, json = { 0 };
    char *dir = temp_folder(&err);

    cr_assert_not_null(dir, "%s", err.text);
    cr_assert(folder_add_file(dir, "rules/05-site.json", slice_of(table), &err), "%s",
              err.text);
    buf_addf(&path, "mappings:%s", dir);

    struct rules *rules = rules_load(buf_cstr(&path), &err);

    cr_assert_not_null(rules, "%s", err.text);
    cr_assert(rules_add_files(rules, &json, &err), "%s", err.text);

    json_t *all = json_loadb(json.s, json.len, 0, NULL);
    size_t count = json_array_size(all);
    struct kept_file *file = xcalloc(count, sizeof *file);

    for (size_t i = 0; i < count; i++) {
        json_t *one = json_array_get(all, i);
        char *text = text_of(json_string_value(json_object_get(one, "content")));

        file[i] = (struct kept_file){
            (size_t)json_integer_value(json_object_get(one, "folder")) - 1,
            slice_of(json_string_value(json_object_get(one, "name"))), slice_of(text)
        };
    }

    struct rules *kept = rules_load_kept(file, count, &err);

    cr_assert_not_null(kept, "%s", err.text);
    cr_expect_str_eq(rules_identity(kept), rules_identity(rules));
    cr_expect_eq(kept->count, rules->count);
    for (size_t i = 0; i < count; i++)
        free((char *)file[i].text.s);
    free(file);
    json_decref(all);
    rules_free(kept);
    rules_free(rules);
    buf_free(&path);
    buf_free(&json);
    folder_remove(dir);
    free(dir);
}
