# What a report shows, cell by cell, against its tables as CSV: cells.py PAGE FOLDER prints how many
# cells it looked at, and each that says something else.
import csv
import html
import re
import sys

# Captions of tables: the file, and its column of each cell; "low+high" is a range.
TABLES = {
    "The same in figures": ("days", "- attempts person machine asr inbound inbound_person abandon"),
    "Carriers side by side": ("carriers", "carrier seizures person machine asr ner_low+ner_high undetermined minutes acd pgad sdr"),
    "Inbound by queue": ("queues", "queue inbound person abandon service_level mean_wait aht"),
    "Missed calls, and whether they were returned": ("missed", "key missed called_back called_again open returned_share median_seconds"),
    "Callers, and who had to call again": ("callers", "key callers repeat_callers repeat_share"),
    "Agents": ("agents", "agent offered answered missed placed talk_seconds hold_seconds aht"),
    "How busy the trunks were": ("trunks", "gateway peak - busiest_minute"),
    "Destinations": ("destinations", "operator country seizures person asr minutes"),
    "Attempts until a person was reached": ("contact", "attempt numbers reached reached_share"),
    "What the recomputation changed": ("questions", "question naive_share low_share+high_share gained lost"),
    "Unanswered attempts that are something else": ("changed", "naive recomputed candidates n"),
}
UNITS = {"h": 3600, "min": 60, "s": 1}


def says(cell, value):
    """Does the cell say the value, to half of the last place that it has?"""
    if value == "":
        return cell in ("–", "")
    spans = re.findall(r"([0-9]+) (h|min|s)\b", cell)
    if spans and re.sub(r"[0-9]+ (h|min|s)\b| ", "", cell) == "":
        over = float(value) - sum(int(n) * UNITS[u] for n, u in spans)
        return -0.5 * UNITS["s"] <= over < UNITS[spans[-1][1]]  # whole minutes
    if re.fullmatch(r"[0-9,]+(\.[0-9])?%?", cell):
        return abs(float(cell.strip("%").replace(",", "")) - float(value)) <= (0.0501 if "." in cell else 0.501)
    return cell == value


def text(tags):
    return html.unescape(re.sub("<[^>]+>", "", tags)).replace("\u202f", "").replace("\u00a0", " ")


page = open(sys.argv[1], encoding="utf-8").read()
looked = 0
for table in re.findall("<table.*?</table>", page, re.S):
    name = text(re.search("<caption.*?</caption>", table, re.S).group(0))
    if name not in TABLES:
        continue
    file, columns = TABLES.pop(name)
    known = list(csv.DictReader(open(f"{sys.argv[2]}/{file}.csv", encoding="utf-8-sig")))
    rows = [[text(c) for c in re.findall("<t[hd][^>]*>(.*?)</t[hd]>", r, re.S)] for r in re.findall("<tr.*?</tr>", table, re.S)][1:]
    if len(rows) != len(known):
        print(f"{name}: {len(rows)} rows of {len(known)}")
    for cells, values in zip(rows, known):
        for cell, column in zip(cells, columns.split(" ")):
            ends = cell.replace("%", "").split("–") if "+" in column and re.search("[0-9]–", cell) else None
            good = column == "-" or (all(map(says, ends, [values[c] for c in column.split("+")])) if ends
                                     else all(says(cell, values[c]) for c in column.split("+")))
            looked += 1
            if not good:
                print(f"{name}, {cells[0]}, {column}: {cell} for {values}")
for name in TABLES:
    print(f"no table: {name}")
print(looked)
