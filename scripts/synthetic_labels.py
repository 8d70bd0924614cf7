"""Which code of the record stands for which published label or measure. Declarations only."""

from __future__ import annotations

from collections.abc import Mapping

YEAR = "2024-25"
FIRST_DAY, LAST_DAY = "2024-04-01", "2025-03-31"
FIRST_MONTH = "2021-04"

# A measure that stands for several codes is divided evenly among them, since nothing published divides it.
SOURCES: Mapping[str, tuple[str, ...]] = {
    "M002": ("B1",),
    "M003": ("A1",),
    "M004": ("A2",),
    "M005": ("A3",),
    "M345": ("A4",),
    "M006": ("B2",),
    "M007": ("C1", "C2", "C3"),
    "M008": ("D1", "D2"),
    "M009": ("E1", "E2", "E3", "E4", "E5", "E6"),
    "M010": ("F1", "F2", "F3"),
    "M011": ("G1", "G2", "G3", "G4"),
    "M012": ("H1", "H2"),
    "M013": ("I1", "I2"),
    "M014": ("P1",),
    "M017": ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8"),
    "M018": ("N1", "N2", "N4"),
    "M287": ("Q1",),
}
END_CODES: Mapping[str, str] = {
    "M342": "50",
    "M057": "10",
    "M058": "11",
    "M059": "12",
    "M060": "13",
    "M061": "14",
    "M340": "16",
    "M062": "17",
    "M063": "95",
    "M066": "46",
    "M344": "47",
    "M341": "48",
    "M069": "49",
    "M070": "96",
}
ATTENDANCE: Mapping[str, str] = {"M086": "5", "M087": "6", "M088": "7", "M084": "3", "M083": "2", "M085": "4"}
MEDIUM: Mapping[str, str] = {
    "M1001": "01",
    "M1002": "02",
    "M1004": "04",
    "M1005": "05",
    "M1006": "09",
    "M1007": "10",
    "M1018": "11",
    "M1019": "12",
    "M1020": "13",
    "M1008": "98",
}
LOW_THERAPY: Mapping[str, str] = {
    "M090": "748051000000105",
    "M091": "748101000000105",
    "M092": "748041000000107",
    "M093": "748091000000102",
    "M095": "748061000000108",
    "M097": "702545008",
    "M098": "1026111000000108",
    "M346": "975131000000104",
}
HIGH_THERAPY: Mapping[str, str] = {
    "M100": "1127281000000100",
    "M102": "1129471000000105",
    "M103": "842901000000108",
    "M104": "286711000000107",
    "M105": "314034001",
    "M106": "449030000",
    "M107": "933221000000107",
    "M108": "1026131000000100",
    "M110": "304891004",
    "M111": "443730003",
}
SESSIONS: Mapping[str, str] = {
    "M113": "304891004",
    "M114": "314034001",
    "M115": "286711000000107",
    "M116": "443730003",
    "M117": "1129471000000105",
    "M119": "1026131000000100",
}
COURSE_THERAPY: Mapping[str, str] = {
    "Applied relaxation": "1127281000000100",
    "Brief psychodynamic psychotherapy": "314034001",
    "Cognitive Behaviour Therapy (CBT)": "304891004",
    "Collaborative care": "842901000000108",
    "Counselling for Depression": "286711000000107",
    "Couples Therapy for Depression": "1129471000000105",
    "Eye Movement Desensitisation Reprocessing": "449030000",
    "Guided Self Help (Book)": "748051000000105",
    "Guided Self Help (Computer)": "748041000000107",
    "Interpersonal Psycho therapy (IPT)": "443730003",
    "Mindfulness": "933221000000107",
    "Non-Guided Self Help (Computer)": "748091000000102",
    "Non-guided Self Help (Book)": "748101000000105",
    "Psychoeducational peer support": "702545008",
    "Structured Physical Activity": "748061000000108",
}
PROBLEMS: Mapping[str, str] = {
    "Depression": "F32",
    "Agoraphobia": "F400",
    "Social phobias": "F401",
    "Specific (isolated) phobias": "F402",
    "Panic disorder [episodic paroxysmal anxiety]": "F410",
    "Generalised anxiety disorder": "F411",
    "Generalised Anxiety Disorder": "F411",
    "Mixed anxiety and depressive disorder": "F412",
    "Obsessive-compulsive disorder": "F42",
    "Post-traumatic stress disorder": "F431",
    "Hypochondriacal disorders": "F452",
    "Other anxiety or stress related disorder": "F43",
    "Body dysmorphic disorder": "83482000",
    "Body Dysmorphic Disorder": "83482000",
    "Chronic fatigue syndrome": "G933",
    "Chronic Fatigue Syndrome": "G933",
    "Irritable bowel syndrome": "K58",
    "Irritable Bowel Syndrome": "K58",
    "MUS not otherwise specified": "723916001",
    "Other": "F99",
    "Other recorded problems": "other",
    "Not stated/Not known/Invalid": "none",
}
ETHNICITY: Mapping[str, str] = {
    "British": "A",
    "Irish": "B",
    "Any other White background": "C",
    "White and Black Caribbean": "D",
    "White and Black African": "E",
    "White and Asian": "F",
    "Any other Mixed background": "G",
    "Indian": "H",
    "Pakistani": "J",
    "Bangladeshi": "K",
    "Any other Asian background": "L",
    "Caribbean": "M",
    "African": "N",
    "Any other Black background": "P",
    "Chinese": "R",
    "Any Other Ethnic Group": "S",
}
GENDER: Mapping[str, str] = {
    "Male": "1",
    "Female": "2",
    "Indeterminate (unable to be classified as male or female)": "9",
    "Not stated/Not known/Invalid": "X",
}
# The published labels run from 01, least deprived. The record counts the other way: 1 is the most deprived.
DEPRIVATION: Mapping[str, str] = {
    "10 Most deprived": "1",
    "09 More deprived": "2",
    "08 More deprived": "3",
    "07 More deprived": "4",
    "06 More deprived": "5",
    "05 Less deprived": "6",
    "04 Less deprived": "7",
    "03 Less deprived": "8",
    "02 Less deprived": "9",
    "01 Least deprived": "10",
    "Not stated/Not known/Invalid": "none",
}
AGES = ("Under 18", "18 to 25", "26 to 64", "65 to 74", "75 to 89", "90 and over")
PATHWAYS: Mapping[str, str] = {
    "Received only low intensity therapy": "low",
    "Received only high intensity therapy": "high",
    "Received both high and low intensity therapy": "both",
    "Not stated/Not known/Invalid": "none",
}
