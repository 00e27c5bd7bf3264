"""Looks into a .docx with Python's own zip reader, and plants faults in one.

docx_parts.py plant FROM TO OLD NEW ...   copies, with OLD of document.xml replaced by NEW
docx_parts.py texts FILE                  the text of each paragraph, run after run
docx_parts.py skeleton FILE               document.xml without its texts
docx_parts.py others FILE                 every other part, with its CRC
"""
import re
import sys
import zipfile

BODY = "word/document.xml"


def plant(source, target, *pairs):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == BODY:
                xml = content.decode()
                for right, wrong in zip(pairs[::2], pairs[1::2]):
                    if right not in xml:
                        sys.exit(f"{right} is not in {source}")
                    xml = xml.replace(right, wrong, 1)
                content = xml.encode()
            new.writestr(name, content)


def main():
    command, file, *rest = sys.argv[1:]
    if command == "plant":
        return plant(file, *rest)
    with zipfile.ZipFile(file) as opened:
        if opened.testzip() is not None:
            sys.exit(f"{file} is damaged")
        xml = opened.read(BODY).decode()
        if command == "texts":
            for paragraph in re.findall(r"<w:p[ >].*?</w:p>", xml, re.S):
                print("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", paragraph)))
        elif command == "skeleton":
            print(re.sub(r"<w:t(>| [^>]*>)[^<]*</w:t>", "<w:t/>", xml))
        else:
            for info in opened.infolist():
                if info.filename != BODY:
                    print(info.filename, info.CRC)
    return 0


sys.exit(main())
