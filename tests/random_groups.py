"""What random records tell of who people are and what their courses are of: the usual codes, odd ones, and blanks.

Codes are as reading leaves them: without spaces at their ends, and with their leading zeros.
"""

from datetime import date

import numpy as np

from caseness.record import ROW_ID, SUBMISSION

# Around each bound of an age band at the end of some month of 2024, leap days, old age, and a birth that is not known.
BORN = (
    date(2006, 4, 30), date(2006, 5, 1), date(2006, 8, 31), date(1998, 6, 30), date(1999, 7, 1), date(1997, 9, 30), date(1998, 10, 1),
    date(1959, 5, 31), date(1959, 6, 1), date(1949, 7, 31), date(1949, 8, 1), date(1934, 4, 1), date(1934, 9, 30), date(2004, 2, 29),
    date(1980, 2, 3), date(1991, 11, 11), date(1970, 1, 1), date(2010, 3, 4), None,
)  # fmt: skip
OF_PATIENT = {
    "EthnicCategory": (*"AAAABCDEFGHJKLMNPRSZ", "99", "T", None),
    "EduEstabTypeIAPT": ("1", "2", "3", "4", "8", "X", "Z", "9", None),
    "ExBAFIndicator": ("02", "05", "03", "UU", "ZZ", "04", None),
    "Gender": ("1", "2", "9", "X", "0", None),
    "GenderIdentity": ("1", "2", "3", "4", "X", "Z", "5", None),
    "GenderIdentitySameAtBirth": ("Y", "N", "Z", "X", None),
}
DISABILITIES = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "XX", "NN", "ZZ", "11", "QQ")
CIRCUMSTANCES = (
    "429732005", "309687009", "160549006", "160545000", "429787006", "160543007", "309884000", "160552003", "62458008", "160567004",
    "205141000000101", "366740002", "429790000", "763896000", "205081000000105", "42035005", "76102007", "89217008", "20430005",
    "224130005",
)  # fmt: skip
CONDITIONS = (
    "195967001", "13645005", "73211009", "373673007", "53619000", "928000", "50043002", "95320005", "84757009", "56265001", "363346000",
    "748031000000103", "38341003", "J45",
)  # fmt: skip
PROGRAMMES = (
    "BDD-NET", "the bdd.net course", "Beating the Blues", "DAYLIGHT", "Deprexis24", "Fear Fighter", "MindDistrict", "MNDDSTRCT01", "OCD-NET",
    "ocd.net", "Regul8", "SilverCloud", "SLVRCLD", "silver", "Sleepio", "Sleepio and Daylight", "Woebot", "FearFighter", None,
)  # fmt: skip
PROBLEMS = (
    ("01", "F40.2"), ("01", "F41.2"), ("01", "F40.00"), ("01", "F43"), ("01", "F43.2"), ("01", "F41.9"), ("01", "F33.1"), ("01", "F45"),
    ("01", "F45.2"), ("01", "F45.3"), ("01", "F10"), ("01", "F31.9"), ("01", "F50"), ("01", "Z63.0"), ("01", "F20"), ("04", "73211009"),
    ("04", "F32"), ("02", "F32"), ("01", "G93.3"), ("01", "F42"), ("01", "f40.1"), ("04", "723916001"),
)  # fmt: skip


MEDICATION = ("01", "02", "02", "03", "03", "UU", "ZZ", "07", None)
IDS_PER_SUBMISSION = 10**9


def tell_groups(record, seed):
    """Write into the rows of a random record who people are and what their courses are of."""
    _Teller(record, np.random.default_rng([seed, 3])).tell()


class _Teller:
    # What is told of somebody is told again with every file, save what a file leaves out.
    def __init__(self, record, random):
        self.rows, self.random = record.rows, random
        self.provider = {file.id: file.provider for file in record.submissions}
        self.known = {}

    def pick(self, choices):
        return choices[self.random.integers(len(choices))]

    def chance(self, share):
        return self.random.random() < share

    def some(self, choices, most):
        return sorted({self.pick(choices) for _ in range(int(self.random.integers(0, most + 1)))})

    def told(self, row, column, make):
        key = self.provider[row[SUBMISSION]], column, row[column]
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def tell(self):
        for row in self.rows["IDS001MPI"]:
            self.tell_patient(row)
        for row in self.rows["IDS101Referral"]:
            for one in self.sent(self.told(row, "ServiceRequestId", lambda: self.some(CONDITIONS, 3))):
                self.add(
                    "IDS602LongTermCondition", row, "ServiceRequestId", FindSchemeInUse="04", LongTermCondition=one
                )
        for row in self.rows["IDS205InternetTherLog"]:
            row["IntEnabledTherProg"] = self.pick(PROGRAMMES)
        for row in self.rows["IDS201CareContact"]:
            row["PsychMed"] = self.pick(MEDICATION)
        for row in self.rows["IDS603PresentingComplaints"]:
            if self.chance(0.5):
                row["FindSchemeInUse"], row["PresComp"] = self.pick(PROBLEMS)

    def tell_patient(self, row):
        cells = self.told(row, "LocalPatientId", self.patient)
        row |= {name: None if self.chance(0.05) else cell for name, cell in cells["cells"].items()}
        for one in self.sent(cells["disabilities"]):
            self.add("IDS007DisabilityType", row, "LocalPatientId", DisabCode=one)
        for one in self.sent(cells["circumstances"]):
            self.add("IDS011SocPerCircumstances", row, "LocalPatientId", SocPerCircumstance=one)

    def patient(self):
        cells = {"PersonBirthDate": self.pick(BORN), **{name: self.pick(codes) for name, codes in OF_PATIENT.items()}}
        return {
            "cells": cells,
            "disabilities": self.some(DISABILITIES, 3),
            "circumstances": self.some(CIRCUMSTANCES, 4),
        }

    def sent(self, told):
        return [one for one in told if not self.chance(0.15)]

    def add(self, table_id, of, key, **cells):
        rows = self.rows.setdefault(table_id, [])
        row_id = of[SUBMISSION] * IDS_PER_SUBMISSION + len(rows) + 1
        rows.append({SUBMISSION: of[SUBMISSION], ROW_ID: row_id, key: of[key], **cells})
