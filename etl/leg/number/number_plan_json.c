/*
 * number_plan_json.c - mappings/numbers.json, read strictly.
 */
#include "leg/number/number_plan_impl.h"

#include "base/base.h"

static bool plan_is_digits(const char *text, size_t max)
{
    size_t len = strspn(text, "0123456789");

    return len > 0 && len <= max && text[len] == '\0';
}

static bool digits_due(const struct place *place, const char *key, struct err *err)
{
    return doc_fail(place, key, err, "digits are due, %d at most", E164_DIGITS);
}

/* OBJECT's KEY, a list of digits, or missing. */
static bool read_list(const struct place *place, const json_t *object, const char *key,
                      struct digit_list *list, struct err *err)
{
    const json_t *array;

    if (!doc_texts_or_none(place, object, key, &array, err) ||
        !doc_none_twice(place, key, array, err))
        return false;
    if (json_array_size(array) > LIST_MAX)
        return doc_fail(place, key, err, "more than %d", LIST_MAX);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *text = json_string_value(json_array_get(array, i));

        if (!plan_is_digits(text, E164_DIGITS)) {
            if (!doc_noted(place, digits_due(place, key, err), err))
                return false;
            continue;
        }
        list->text[list->count++] = slice_of(text);
    }
    return true;
}

static bool read_form(const struct place *place, const json_t *object,
                      const struct country *country, struct number_form *form,
                      struct err *err)
{
    static const char *const keys[] = { "digits", "starts", NULL };
    const int32_t range[] = { 4, E164_DIGITS - (int32_t)country->code.len };
    int32_t digits = 0;

    if (!doc_only_keys(place, object, keys, err) ||
        !doc_int_or_none(place, object, "digits", range, &digits, err))
        return false;
    if (digits == 0)
        return doc_fail(place, "numbers", err, "digits: is missing");
    form->digits = (size_t)digits;
    if (!read_list(place, object, "starts", &form->starts, err))
        return false;
    form->first = form->starts.count == 0 ? 0x3ff : 0;
    for (size_t i = 0; i < form->starts.count; i++)
        form->first |= (uint16_t)(1 << (form->starts.text[i].s[0] - '0'));
    return true;
}

static bool read_forms(const struct place *place, const json_t *object,
                       struct country *country, struct err *err)
{
    const json_t *array = json_object_get(object, "numbers");
    size_t count = json_array_size(array);

    if (count == 0 || count > LIST_MAX)
        return doc_fail(place, "numbers", err, "a list of 1 to %d forms is due",
                        LIST_MAX);
    for (; country->nforms < count; country->nforms++)
        if (!doc_noted(place,
                       read_form(place, json_array_get(array, country->nforms), country,
                                 &country->form[country->nforms], err),
                       err))
            return false;
    return true;
}

static const struct country *country_named(const struct number_plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->ncountries; i++)
        if (strcmp(plan->country[i].id, id) == 0)
            return &plan->country[i];
    return NULL;
}

static bool read_country(struct number_plan *plan, const struct place *place,
                         const json_t *object, struct err *err)
{
    static const char *const keys[] = { "id",       "name",    "code", "international",
                                        "national", "numbers", "bare", "about",
                                        NULL };
    struct country *country = &plan->country[plan->ncountries];
    const char *code = NULL, *name;

    if (!doc_only_keys(place, object, keys, err) ||
        !doc_text_or_none(place, object, "name", &name, err) ||
        (country->id = doc_text(place, object, "id", err)) == NULL ||
        (code = doc_text(place, object, "code", err)) == NULL)
        return false;
    if (country_named(plan, country->id) != NULL)
        return doc_fail(place, "id", err, "declared twice");
    if (!plan_is_digits(code, 4) || code[0] == '0')
        return doc_fail(place, "code", err, "1 to 4 digits are due, the first not 0");
    country->code = slice_of(code);
    plan->ncountries++;
    return doc_noted(
               place,
               read_list(place, object, "international", &country->international, err),
               err) &&
           doc_noted(place, read_list(place, object, "national", &country->national, err),
                     err) &&
           doc_noted(place, doc_flag(place, object, "bare", &country->bare, err), err) &&
           read_forms(place, object, country, err);
}

static char *lower_copy(const char *text)
{
    char *copy = xstrdup(text);

    for (char *c = copy; *c != '\0'; c++)
        *c = ascii_lower(*c);
    return copy;
}

static bool read_pattern(const struct place *place, const json_t *value,
                         struct trunk_pattern *pattern, struct err *err)
{
    const json_t *prefix = json_object_get(value, "prefix");
    const json_t *glob = json_object_get(value, "glob");
    const char *text = json_string_value(value);

    if (json_object_size(value) == 1)
        text = json_string_value(prefix != NULL ? prefix : glob);
    if (text == NULL || *text == '\0')
        return doc_fail(place, "gateway", err,
                        "a text, {\"prefix\": text} or {\"glob\": text} is due");
    pattern->text = lower_copy(text);
    pattern->match = prefix != NULL ? TRUNK_PREFIX : glob != NULL ? TRUNK_GLOB : TRUNK_IS;
    return true;
}

static bool read_gateways(const struct place *place, const json_t *object,
                          struct trunk *trunk, struct err *err)
{
    const json_t *array = json_object_get(object, "gateway");
    size_t count = json_array_size(array);

    if (count == 0 || count > LIST_MAX)
        return doc_fail(place, "gateway", err, "a list of 1 to %d names is due",
                        LIST_MAX);
    for (; trunk->ngateways < count; trunk->ngateways++)
        if (!doc_noted(place,
                       read_pattern(place, json_array_get(array, trunk->ngateways),
                                    &trunk->gateway[trunk->ngateways], err),
                       err))
            return false;
    return true;
}

/* "local": numbers of an area, written without its code. */
static bool read_local(const struct place *place, const json_t *object,
                       struct trunk *trunk, struct err *err)
{
    static const char *const keys[] = { "area", "digits", NULL };
    const json_t *local = json_object_get(object, "local");
    const int32_t range[] = { 4, E164_DIGITS };
    const char *area;
    int32_t digits = 0;
    bool fits = false;

    if (local == NULL)
        return true;
    if (!doc_only_keys(place, local, keys, err) ||
        (area = doc_text(place, local, "area", err)) == NULL ||
        !doc_int_or_none(place, local, "digits", range, &digits, err))
        return false;
    if (!plan_is_digits(area, E164_DIGITS))
        return digits_due(place, "local", err);
    trunk->area = slice_of(area);
    trunk->local_digits = (size_t)digits;
    for (size_t i = 0; i < trunk->country->nforms; i++)
        fits |= trunk->country->form[i].digits == trunk->area.len + trunk->local_digits;
    return fits || doc_fail(place, "local", err,
                            "area and digits together make no number of the country");
}

static bool read_trunk(struct number_plan *plan, const struct place *place,
                       const json_t *object, struct err *err)
{
    static const char *const keys[] = { "gateway", "country", "strip",
                                        "local",   "about",   NULL };
    struct trunk *trunk = &plan->trunk[plan->ntrunks++];
    const char *country;

    if (!doc_only_keys(place, object, keys, err) ||
        !doc_text_or_none(place, object, "country", &country, err))
        return false;
    trunk->country = country != NULL ? country_named(plan, country) : plan->home;
    if (trunk->country == NULL && country == NULL)
        return true; /* the home country's own fault is told */
    if (trunk->country == NULL)
        return doc_fail(place, "country", err, "there is no country of that id");
    return doc_noted(place, read_gateways(place, object, trunk, err), err) &&
           doc_noted(place, read_list(place, object, "strip", &trunk->strip, err), err) &&
           read_local(place, object, trunk, err);
}

static bool read_countries(struct number_plan *plan, const struct layered *files,
                           struct err *err)
{
    struct members members;
    bool ok = layered_members(files, "countries", "id", &members, err);

    if (ok && (members.count == 0 || members.count > COUNTRIES_MAX))
        ok = doc_fail(&(struct place){ .doc = &plan->doc[0] }, "countries", err,
                      "1 to %d are due", COUNTRIES_MAX);
    plan->country = xcalloc(members.count + 1, sizeof *plan->country);
    for (size_t i = 0; ok && i < members.count; i++)
        ok = doc_noted(
            &members.member[i].place,
            read_country(plan, &members.member[i].place, members.member[i].object, err),
            err);
    members_free(&members);
    return ok;
}

static void index_countries(struct number_plan *plan)
{
    for (size_t i = 0; i < plan->ncountries; i++) {
        const struct country *country = &plan->country[i];
        size_t digit = (size_t)(country->code.s[0] - '0');

        plan->coded[digit][plan->ncoded[digit]++] = country;
    }
}

/* The trunks of one file, behind those that are there. */
static bool read_trunks(struct number_plan *plan, const struct doc *doc, struct err *err)
{
    struct place place = { .doc = doc, .array = "trunks" };
    const json_t *array = json_object_get(doc->root, "trunks");
    size_t count = json_array_size(array);

    if ((array != NULL && !json_is_array(array)) || plan->ntrunks + count > TRUNKS_MAX)
        return doc_fail(&(struct place){ .doc = doc }, "trunks", err,
                        "a list of at most %d is due", TRUNKS_MAX);
    for (; place.index < count; place.index++)
        if (!doc_noted(&place,
                       read_trunk(plan, &place, json_array_get(array, place.index), err),
                       err))
            return false;
    return true;
}

static bool read_home(struct number_plan *plan, const struct layered *files,
                      struct err *err)
{
    const struct doc *last = layered_last(files, "country");
    struct place place = { .doc = last != NULL ? last : &plan->doc[0] };
    const char *home = doc_text(&place, place.doc->root, "country", err);

    if (home == NULL)
        return false;
    plan->home = country_named(plan, home);
    return plan->home != NULL ||
           doc_fail(&place, "country", err, "there is no country of that id");
}

/* The file of folder LAYER; the first folder must have one. */
static bool plan_read_doc(struct number_plan *plan, const struct layers *layers,
                          size_t layer, struct layered *files, struct err *err)
{
    static const char *const keys[] = { "$schema",   "about",  "country",
                                        "countries", "trunks", NULL };
    struct doc *doc = &plan->doc[plan->ndocs];

    if (!layers_have(layers, layer, "numbers.json"))
        return true;
    if (!layers_read(layers, layer, "numbers.json", doc, err))
        return false;
    plan->ndocs++;
    layered_add(files, doc, layer);
    return doc_only_keys(&(struct place){ .doc = doc }, doc->root, keys, err);
}

static bool number_plan_read(struct number_plan *plan, const struct layers *layers,
                             struct err *err)
{
    struct layered files = { 0 };
    bool ok = true;

    for (size_t i = 0; ok && i < layers->count; i++)
        ok = plan_read_doc(plan, layers, i, &files, err);
    ok = ok && read_countries(plan, &files, err) &&
         (read_home(plan, &files, err) || doc_go_on(layers->faults, err));
    index_countries(plan);
    plan->trunk = xcalloc(TRUNKS_MAX, sizeof *plan->trunk);
    for (size_t i = files.count; ok && i > 0; i--) /* the last folder's come first */
        ok = read_trunks(plan, files.file[i - 1].doc, err);
    layered_free(&files);
    return ok;
}

bool number_plan_check(const char *path, struct doc_faults *faults, struct err *err)
{
    struct number_plan *plan = xcalloc(1, sizeof *plan);
    struct layers layers;
    bool ok = layers_split(path, &layers, err);

    layers.faults = faults;
    ok = ok && (number_plan_read(plan, &layers, err) || doc_go_on(faults, err));
    layers_free(&layers);
    number_plan_free(plan);
    return ok;
}

struct number_plan *number_plan_load(const char *path, struct err *err)
{
    struct number_plan *plan = xcalloc(1, sizeof *plan);
    struct layers layers;
    bool ok = layers_split(path, &layers, err) && number_plan_read(plan, &layers, err);

    layers_free(&layers);
    if (ok)
        return plan;
    number_plan_free(plan);
    return NULL;
}

void number_plan_free(struct number_plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < plan->ntrunks; i++)
        for (size_t j = 0; j < LIST_MAX; j++)
            free(plan->trunk[i].gateway[j].text);
    free(plan->trunk);
    free(plan->country);
    for (size_t i = 0; i < plan->ndocs; i++)
        doc_free(&plan->doc[i]);
    free(plan);
}
