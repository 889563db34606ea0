#!/bin/sh
# Makes card.otf: the letters of the social cards, cut out of Source Serif 4 (Subhead, Semibold).
# Wants fonttools: `pip install fonttools`. The source is the npm package source-serif 4.5.1:
# `npm pack source-serif@4.5.1 && tar xzf source-serif-4.5.1.tgz`, then `./make.sh package/OTF/SourceSerif4Subhead-Semibold.otf`.
set -eu
cd "$(dirname "$0")"
pyftsubset "$1" --output-file=card.otf \
  --unicodes="U+20-7E,U+A0-24F,U+259,U+2BB-2BC,U+2C6-2DD,U+300-304,U+306-30C,U+31B,U+323,U+326-328,U+32E,U+331,\
U+370-3FF,U+400-45F,U+462-463,U+472-475,U+490-4FF,U+1E00-1EFF,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,\
U+2032-2033,U+2039-203A,U+2044,U+2070-209C,U+20A0-20BF,U+2116,U+2122,U+2190-2193,U+2212,U+2260,U+2264-2265" \
  --layout-features=kern,liga,ccmp,locl,mark,mkmk --no-hinting --notdef-outline --no-glyph-names \
  --name-IDs=0,1,2,3,4,6,13,14 --drop-tables+=DSIG,BASE,STAT
# A changed font may not bear the reserved name "Source".
python3 - <<'PYTHON'
from fontTools.ttLib import TTFont
font = TTFont("card.otf", recalcTimestamp=False)
names = {1: "Ringback Card", 2: "Regular", 3: "Ringback Card 1", 4: "Ringback Card", 6: "RingbackCard"}
for record in font["name"].names:
    if record.nameID in names:
        record.string = names[record.nameID]
cff = font["CFF "].cff
cff.fontNames = ["RingbackCard"]
top = cff.topDictIndex[0]
top.FullName, top.FamilyName = "Ringback Card", "Ringback Card"
font["OS/2"].achVendID = "RBCK"
font.save("card.otf")
PYTHON
