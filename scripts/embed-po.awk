# embed-po.awk - catalogues as C: awk -f embed-po.awk etl/lang/uk.po etl/lang/ru.po
#
# A .po file's strings are C's, so they are taken as they stand; its Plural-Forms is an
# expression of C over n.  What is fuzzy or not translated is left out: English stands in.

function language() {
    return substr(file, 1, length(file) - 3)
}

# The entry that has been read, if it is one.
function give(    i) {
    if (id == "\"\"" && match(form[0], /plural=[^;]*;/))
        rule[language()] = substr(form[0], RSTART + 7, RLENGTH - 8)
    if (id != "" && id != "\"\"" && form[0] != "\"\"" && !fuzzy) {
        printf "    { %s, { %s", id, form[0]
        for (i = 1; i < 3; i++)
            printf ", %s", form[i] == "" ? "NULL" : form[i]
        print " } },"
        count++
    }
    id = ""
    fuzzy = 0
    delete form
    where = ""
}

function end_file() {
    give()
    if (file != "" && (count == 0 || rule[language()] == "")) {
        print "embed-po.awk: " file ": no sentences or no Plural-Forms" >"/dev/stderr"
        exit 1
    }
    if (file != "")
        print "};"
}

BEGIN {
    print "/* Made by scripts/embed-po.awk; do not edit. */"
    print "#include \"lang/catalogue.h\"\n\n#include \"base/base.h\"\n#include \"lang/lang.h\""
}

FNR == 1 {
    end_file()
    file = FILENAME
    sub(/.*\//, "", file)
    names[++files] = language()
    count = 0
    printf "\nstatic const struct lang_entry %s[] = {\n", language()
}

/^#, .*fuzzy/ { pending = 1 }
/^msgid / { give(); fuzzy = pending; pending = 0; where = "id"; sub(/^msgid /, ""); id = $0; next }
/^msgid_plural / { where = "plural"; next }
/^msgstr/ {
    number = 0
    if (match($0, /\[[0-9]\]/))
        number = substr($0, RSTART + 1, 1) + 0
    where = "form"
    sub(/^msgstr(\[[0-9]\])? /, "")
    form[number] = $0
    next
}
/^"/ && where == "id" { id = id == "\"\"" ? $0 : id " " $0 }
/^"/ && where == "form" { form[number] = form[number] == "\"\"" ? $0 : form[number] " " $0 }

END {
    end_file()
    for (i = 1; i <= files; i++)
        printf "\nstatic unsigned long %s_form(unsigned long n)\n{\n    return (unsigned long)(%s);\n}\n", names[i], rule[names[i]]
    print "\nconst struct lang_catalogue lang_catalogues[LANG_COUNT] = {"
    for (i = 1; i <= files; i++)
        printf "    [LANG_%s] = { %s, COUNTOF(%s), %s_form },\n", toupper(names[i]), names[i], names[i], names[i]
    print "};"
}
