/*
 * case_list.c - which case files there are, and which cases a later folder answers anew.
 */
#include "rules/cases/case_list.h"

#include "base/base.h"
#include "rules/cases/case_write.h"

void case_inputs(const struct rule_case *row, struct buf *out)
{
    static const enum case_column inputs[] = {
        CASE_HANGUP_CAUSE, CASE_DISPOSITION, CASE_SIP_CODE, CASE_Q850,
        CASE_PROVIDER,     CASE_DIRECTION,   CASE_BILLSEC,  CASE_DURATION,
        CASE_HEARD,        CASE_LEG,         CASE_EXTRA,
    };

    buf_reset(out);
    for (size_t i = 0; i < COUNTOF(inputs); i++) {
        buf_add_text(out, row->cell[inputs[i]]);
        buf_add_char(out, '\x1f');
    }
}

static void keep_inputs(struct case_list *list, const struct buf *inputs, size_t layer)
{
    uint64_t hash = table_hash(0, buf_slice(inputs));

    if (table_find(&list->inputs, hash, buf_slice(inputs)) != TABLE_NONE)
        return; /* later folders come first */
    list->kept = xrealloc(list->kept, list->nkept + 1, sizeof *list->kept);
    list->kept[list->nkept] = xstrndup(inputs->s, inputs->len);
    table_add(&list->inputs, hash, (struct slice){ list->kept[list->nkept], inputs->len },
              (int)layer);
    list->nkept++;
}

static bool keep_file(struct case_list *list, const struct case_path *from,
                      struct err *err)
{
    struct buf inputs = { 0 };
    struct case_file file;
    bool ok = case_file_read(from->path, &file, err);

    for (size_t i = 0; ok && i < file.count; i++) {
        case_inputs(&file.row[i], &inputs);
        keep_inputs(list, &inputs, from->layer);
    }
    if (ok)
        case_file_free(&file);
    buf_free(&inputs);
    return ok;
}

bool case_list_load(const struct rules *rules, struct case_list *list, struct err *err)
{
    struct folder_files files;
    bool ok = folder_list(&rules->layers, FOLDER_CASES, &files, err);

    *list = (struct case_list){ 0 };
    list->file = xcalloc(files.count + 1, sizeof *list->file);
    for (size_t i = 0; ok && i < files.count; i++) {
        const struct folder_file *file = &files.file[i];
        struct buf path = { 0 };

        buf_addf(&path, "%s/%s", rules->layers.dir[file->layer], file->name);
        list->file[list->count++] =
            (struct case_path){ xstrdup(buf_cstr(&path)), file->layer };
        buf_free(&path);
    }
    folder_free(&files);
    for (size_t i = list->count; ok && i > 0; i--)
        if (list->file[i - 1].layer > 0)
            ok = keep_file(list, &list->file[i - 1], err);
    return ok;
}

void case_list_free(struct case_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->file[i].path);
    for (size_t i = 0; i < list->nkept; i++)
        free(list->kept[i]);
    table_free(&list->inputs);
    free(list->file);
    free(list->kept);
    *list = (struct case_list){ 0 };
}

bool case_list_overrides(const struct case_list *list, size_t layer,
                         const struct rule_case *row)
{
    struct buf inputs = { 0 };
    int last;

    if (list == NULL || list->nkept == 0)
        return false;
    case_inputs(row, &inputs);
    last =
        table_find(&list->inputs, table_hash(0, buf_slice(&inputs)), buf_slice(&inputs));
    buf_free(&inputs);
    return last != TABLE_NONE && (size_t)last > layer;
}
