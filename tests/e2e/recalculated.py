"""Has LibreOffice work out every formula of a workbook, and compares with the values saved with them.

recalculated.py FILE.xlsx FOLDER    prints `N formulas, M differ`, and each difference on stderr

The values are left out of what LibreOffice gets: it believes those that Excel, or a program that
calls itself so, has saved.
"""
import pathlib
import subprocess
import sys

import openpyxl


def convert(source, folder):
    subprocess.run(["soffice", "-env:UserInstallation=file://" + str(folder / "profile"),
                    "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", str(folder / "again"), str(source)],
                   check=True, stdout=subprocess.DEVNULL)
    return folder / "again" / source.name


def main(path, folder):
    formulas = openpyxl.load_workbook(path)
    bare = folder / "bare.xlsx"
    formulas.save(bare)  # openpyxl keeps the formulas alone
    saved = openpyxl.load_workbook(path, data_only=True)
    worked_out = openpyxl.load_workbook(convert(bare, folder), data_only=True)
    count = different = 0
    for sheet in formulas.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            count += 1
            ours = saved[sheet.title][cell.coordinate].value
            theirs = worked_out[sheet.title][cell.coordinate].value
            if theirs is not None and abs(float(ours) - float(theirs)) <= 1e-9:
                continue
            different += 1
            print(sheet.title, cell.coordinate, cell.value, ours, theirs, file=sys.stderr)
    print(f"{count} formulas, {different} differ")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
