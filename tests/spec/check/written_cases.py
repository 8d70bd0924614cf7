"""What breaks each rule that is written out, and what does not: the sound submission is of April 2025."""

CASES = """
C000-01 | breaks | +IDS000 OrgIDProv ZZ8
C000-01 | keeps  |
C000-02 | breaks | IDS000 ReportingPeriodStartDate 2025-04-02
C000-02 | breaks | IDS000 ReportingPeriodEndDate 2025-05-31
C000-02 | breaks | IDS000 ReportingPeriodEndDate 2025-04-29
C000-02 | keeps  | IDS000 ReportingPeriodStartDate 2024-02-01 ReportingPeriodEndDate 2024-02-29
C000-03 | breaks | IDS000 DateTimeDatSetCreate 2025-04-30T23:59:59
C000-03 | keeps  | IDS000 DateTimeDatSetCreate 2025-05-01T00:00:00
C001-01 | breaks | -IDS001
C001-01 | keeps  |
C101-01 | breaks | -IDS101
C101-01 | keeps  |
C002-01 | breaks | -IDS002
C002-01 | keeps  |
C101-02 | breaks | IDS101 OrgIDComm null
C101-02 | breaks | IDS002 GMPCodeReg null
C101-02 | keeps  | IDS101 OrgIDComm null; +IDS101 ServiceRequestId R2 OrgIDComm 99Z

C001-02 | breaks | IDS001 NHSNumber 9434765918
C001-02 | breaks | IDS001 NHSNumber 943476591
C001-02 | breaks | IDS001 NHSNumber 94347659190
C001-02 | breaks | IDS001 NHSNumber 943476591X
C001-02 | breaks | IDS001 NHSNumber 1000000011
C001-02 | keeps  | IDS001 NHSNumber 4010232137
C001-02 | keeps  | IDS001 NHSNumber 1000000060
C001-02 | keeps  | IDS001 NHSNumber null
C001-03 | breaks | +IDS001 LocalPatientId P2
C001-03 | keeps  | +IDS001 LocalPatientId P2 NHSNumber 4010232137
C001-03 | keeps  | IDS001 NHSNumber null; +IDS001 LocalPatientId P2 NHSNumber null
C001-04 | breaks | IDS001 Postcode AB1
C001-04 | breaks | IDS001 Postcode AB12CD
C001-04 | breaks | IDS001 Postcode 1AB_2CD
C001-04 | keeps  | IDS001 Postcode EC1A_1BB
C001-04 | keeps  | IDS001 Postcode m1_1ae
C001-04 | keeps  | IDS001 Postcode null
C001-05 | breaks | IDS001 PersonBirthDate 2025-05-01
C001-05 | breaks | IDS001 PersonBirthDate 1904-04-01
C001-05 | keeps  | IDS001 PersonBirthDate 1904-04-02
C001-05 | keeps  | IDS001 PersonBirthDate 2025-04-30
C001-05 | keeps  | IDS001 PersonBirthDate null
C001-06 | breaks | +IDS001 LocalPatientId P2 NHSNumber null; +IDS101 ServiceRequestId R2 LocalPatientId P2
C001-06 | breaks | IDS002 EndDateGMPRegistration 2025-03-31
C001-06 | keeps  | IDS002 EndDateGMPRegistration 2025-03-31; +IDS002 GMPCodeReg B12345 EndDateGMPRegistration null
C001-06 | keeps  | IDS001 LocalPatientId null
C001-07 | keeps  | IDS001 LocalPatientId null
C001-07 | breaks | +IDS001 LocalPatientId P2 NHSNumber null; +IDS002 LocalPatientId P2
C001-07 | breaks | IDS101 ServDischDate 2025-05-01
C001-07 | keeps  | IDS101 ServDischDate 2025-05-01; +IDS101 ServiceRequestId R2 ServDischDate null
C001-08 | breaks | IDS000 DatSetVer 2.0; IDS001 PersonBirthDate null
C001-08 | keeps  | IDS001 PersonBirthDate null
C001-09 | breaks | IDS001 PersonBirthDate null
C001-09 | keeps  | IDS000 DatSetVer 2.0; IDS001 PersonBirthDate null
C001-10 | breaks | IDS001 NHSNumber null
C001-10 | keeps  |
C001-11 | breaks | IDS001 NHSNumberStatus null
C001-11 | keeps  |
C001-12 | breaks | IDS001 NHSNumberStatus 07
C001-12 | keeps  | IDS001 NHSNumberStatus 07 NHSNumber null
C001-12 | keeps  | IDS001 NHSNumberStatus null
C001-13 | breaks | IDS001 NHSNumber null
C001-13 | breaks | IDS001 NHSNumber null NHSNumberStatus 02
C001-13 | keeps  | IDS001 NHSNumber null NHSNumberStatus 07
C001-13 | keeps  | IDS001 NHSNumber null NHSNumberStatus null
C001-14 | breaks | IDS001 Postcode null
C001-14 | keeps  |
C001-15 | breaks | IDS001 Gender null
C001-15 | keeps  |
C001-16 | breaks | IDS001 OrgIDLocalPatientId ZZ8
C001-16 | keeps  | IDS001 OrgIDLocalPatientId null

C002-02 | breaks | IDS002 StartDateGMPRegistration 2025-05-02
C002-02 | keeps  | IDS002 StartDateGMPRegistration 2025-05-01
C002-02 | keeps  | IDS002 StartDateGMPRegistration null
C002-03 | breaks | IDS002 StartDateGMPRegistration 1980-02-02
C002-03 | keeps  | IDS002 StartDateGMPRegistration 1980-02-03
C002-03 | keeps  | IDS001 PersonBirthDate null
C002-04 | breaks | IDS002 EndDateGMPRegistration 2025-03-31
C002-04 | keeps  | IDS002 EndDateGMPRegistration 2025-04-01
C002-04 | keeps  | IDS002 EndDateGMPRegistration null
C002-05 | breaks | IDS002 EndDateGMPRegistration 2025-05-01
C002-05 | keeps  | IDS002 EndDateGMPRegistration 2025-04-30
C002-05 | keeps  | IDS002 EndDateGMPRegistration null
C002-06 | breaks | IDS002 EndDateGMPRegistration 2025-04-05 StartDateGMPRegistration 2025-04-06
C002-06 | keeps  | IDS002 EndDateGMPRegistration 2025-04-05 StartDateGMPRegistration 2025-04-05
C002-06 | keeps  | IDS002 EndDateGMPRegistration 2025-04-05 StartDateGMPRegistration null
C002-07 | breaks | +IDS002 GMPCodeReg B12345
C002-07 | keeps  | +IDS002 GMPCodeReg B12345 EndDateGMPRegistration 2025-04-05
C002-08 | breaks | IDS000 DatSetVer 2.0
C002-08 | keeps  | IDS000 DatSetVer 2.0; IDS002 OrgIDGPPrac ABC
C002-08 | keeps  |

C003-01 | breaks | IDS003 AccommodationTypeStartDate 2025-04-05 AccommodationTypeEndDate 2025-04-04
C003-01 | keeps  | IDS003 AccommodationTypeStartDate 2025-04-05 AccommodationTypeEndDate null
C003-01 | keeps  | IDS003 AccommodationTypeStartDate 2025-04-05 AccommodationTypeEndDate 2025-04-05

C004-01 | breaks | IDS004 EmployStatusRecDate 1980-02-02
C004-01 | keeps  | IDS004 EmployStatusRecDate null
C004-01 | keeps  | IDS004 EmployStatusRecDate 1980-02-03
C004-02 | breaks | IDS004 EmployStatusRecDate 2025-05-01
C004-02 | keeps  | IDS004 EmployStatusRecDate 2025-04-30
C004-02 | keeps  | IDS004 EmployStatusRecDate null
C004-03 | breaks | IDS004 EmpSupportReferral 1980-02-02
C004-03 | keeps  | IDS004 EmpSupportReferral null
C004-04 | breaks | IDS004 EmpSupportReferral 2025-05-01
C004-04 | keeps  | IDS004 EmpSupportReferral 2025-04-30
C004-04 | keeps  | IDS004 EmpSupportReferral null
C004-05 | breaks | IDS004 EmployStatusRecDate null; +IDS004 EmployStatusRecDate null
C004-05 | keeps  | IDS004 EmployStatusRecDate null
C004-05 | keeps  | IDS004 EmployStatusRecDate null; +IDS004 EmployStatusRecDate 2025-04-03
C004-06 | breaks | IDS004 EmployStatusRecDate null
C004-06 | keeps  |
C004-07 | breaks | IDS004 EmpSupportReferral 2025-04-03
C004-07 | keeps  | IDS004 EmpSupportReferral 2025-04-03 EmpSupportInd Y
C004-07 | keeps  |
C004-08 | breaks | IDS004 EmpSupportInd Y
C004-08 | keeps  | IDS004 EmpSupportInd N
C004-08 | keeps  | IDS004 EmpSupportInd Y EmpSupportReferral 2025-04-03
C004-09 | breaks | IDS004 EmpSupportReferral 2025-04-03 EmpSupportDischargeDate 2025-04-02
C004-09 | keeps  | IDS004 EmpSupportReferral 2025-04-03 EmpSupportDischargeDate null
C004-09 | keeps  | IDS000 DatSetVer 2.0; IDS004 EmpSupportReferral 2025-04-03 EmpSupportDischargeDate 2025-04-02

C011-01 | breaks | IDS011 SocPerCircumstanceRecDate 1980-02-02
C011-01 | keeps  | IDS011 SocPerCircumstanceRecDate null
C011-02 | breaks | IDS011 SocPerCircumstanceRecDate 2025-05-01
C011-02 | keeps  | IDS011 SocPerCircumstanceRecDate null
C011-03 | breaks | IDS011 SocPerCircumstanceRecDate null
C011-03 | keeps  |
C012-01 | breaks | IDS012 OvsVisChCatAppDate 1980-02-02
C012-01 | keeps  | IDS012 OvsVisChCatAppDate null
C012-02 | breaks | IDS012 OvsVisChCatAppDate 2025-05-01
C012-02 | keeps  | IDS012 OvsVisChCatAppDate null
C012-03 | breaks | IDS012 OvsVisChCatAppDate null
C012-03 | keeps  |
C601-01 | breaks | IDS601 DiagSchemeInUse 04
C601-01 | breaks | IDS601 PrevDiag 195967001
C601-01 | keeps  | IDS601 PrevDiag null
C601-01 | keeps  | IDS601 DiagSchemeInUse null
C601-02 | breaks | IDS601 DiagSchemeInUse null
C601-02 | keeps  | IDS601 DiagSchemeInUse null PrevDiag null
C803-01 | breaks | IDS803 StartDateCareClust 2025-05-01
C803-01 | keeps  | IDS803 StartDateCareClust null
C803-02 | breaks | IDS803 EndDateCareClust 2025-03-31
C803-02 | keeps  | IDS803 EndDateCareClust 2025-04-01
C803-02 | keeps  | IDS803 EndDateCareClust null
C803-03 | breaks | IDS803 EndDateCareClust 2025-05-01
C803-03 | keeps  | IDS803 EndDateCareClust null
C803-04 | breaks | IDS803 StartDateCareClust 2025-04-10 EndDateCareClust 2025-04-09
C803-04 | keeps  | IDS803 StartDateCareClust null EndDateCareClust 2025-04-09
C803-05 | breaks | +IDS803 StartDateCareClust 2025-04-10
C803-05 | keeps  | +IDS803 StartDateCareClust 2025-04-10 EndDateCareClust 2025-04-11
C803-06 | breaks | IDS803 StartDateCareClust null
C803-06 | keeps  |

C101-03 | breaks | IDS001 PersonBirthDate 2025-03-04
C101-03 | keeps  | IDS001 PersonBirthDate 2025-03-03
C101-03 | keeps  | IDS001 PersonBirthDate null
C101-04 | breaks | IDS101 ReferralRequestReceivedDate 2025-05-01
C101-04 | keeps  | IDS101 ReferralRequestReceivedDate 2025-04-30
C101-04 | keeps  | IDS101 ReferralRequestReceivedDate null
C101-05 | breaks | IDS101 ServDischDate 2025-03-02
C101-05 | keeps  | IDS101 ServDischDate 2025-03-03
C101-05 | keeps  | IDS101 ServDischDate null
C101-06 | breaks | IDS101 ServDischDate 2025-05-01
C101-06 | keeps  | IDS101 ServDischDate 2025-04-30
C101-06 | keeps  | IDS101 ServDischDate null
C101-07 | breaks | IDS101 ServDischDate 2025-03-31
C101-07 | keeps  | IDS101 ServDischDate 2025-03-31; IDS201 AppType 06
C101-07 | keeps  | IDS101 ServDischDate 2025-03-31; IDS606 CodedAssToolType 747901000000107 PersScore 4
C101-07 | keeps  | IDS101 ServDischDate 2025-03-31; IDS607 CodedAssToolType 747891000000106 PersScore 4
C101-07 | keeps  | IDS101 ServDischDate 2025-04-01
C101-07 | keeps  | IDS101 ServDischDate null
C101-08 | breaks | IDS101 EndCode 46
C101-08 | keeps  | IDS101 EndCode 46 ServDischDate 2025-04-28
C101-08 | keeps  |
C101-09 | breaks | IDS101 ServDischDate 2025-04-28
C101-09 | keeps  | IDS101 EndCode 46 ServDischDate 2025-04-28
C101-09 | keeps  |
C101-10 | breaks | IDS101 OnsetDate 1980-01
C101-10 | keeps  | IDS101 OnsetDate 1980-02
C101-10 | keeps  | IDS101 OnsetDate null
C101-11 | breaks | IDS101 OnsetDate 2025-04
C101-11 | keeps  | IDS101 OnsetDate 2025-03
C101-11 | keeps  | IDS101 OnsetDate null
C105-01 | breaks | IDS105 OnwardReferDate 2025-03-31
C105-01 | keeps  | IDS105 OnwardReferDate 2025-04-01
C105-01 | keeps  | IDS105 OnwardReferDate null
C105-02 | breaks | IDS105 OnwardReferDate 2025-05-01
C105-02 | keeps  | IDS105 OnwardReferDate null
C105-03 | breaks | IDS101 ReferralRequestReceivedDate 2025-04-21
C105-03 | keeps  | IDS101 ReferralRequestReceivedDate 2025-04-20
C105-03 | keeps  | IDS101 ReferralRequestReceivedDate null
C108-01 | breaks | IDS108 PauseStartDate 2025-05-01
C108-01 | keeps  | IDS108 PauseStartDate null
C108-02 | breaks | IDS108 PauseStartDate 2025-03-02
C108-02 | keeps  | IDS108 PauseStartDate 2025-03-03
C108-02 | keeps  | IDS108 PauseStartDate null
C108-03 | breaks | IDS108 PauseEndDate 2025-03-31
C108-03 | keeps  | IDS108 PauseEndDate 2025-04-01
C108-03 | keeps  | IDS108 PauseEndDate null
C108-04 | breaks | IDS108 PauseEndDate 2025-05-01
C108-04 | keeps  | IDS108 PauseEndDate null
C108-05 | breaks | IDS108 PauseStartDate 2025-04-04
C108-05 | keeps  | IDS108 PauseStartDate 2025-04-03
C108-05 | keeps  | IDS108 PauseStartDate null
C108-06 | breaks | IDS108 PauseReason null
C108-06 | keeps  |
C602-01 | breaks | IDS602 FindSchemeInUse 01
C602-01 | keeps  | IDS602 FindSchemeInUse 01 LongTermCondition J45
C602-01 | keeps  | IDS602 LongTermCondition null
C603-01 | breaks | IDS603 PresComp 197480006
C603-01 | breaks | IDS603 FindSchemeInUse 04
C603-01 | keeps  | IDS603 FindSchemeInUse 04 PresComp 197480006
C603-01 | keeps  | IDS603 PresComp null
C603-02 | breaks | IDS603 PresCompDate 2025-05-01
C603-02 | keeps  | IDS603 PresCompDate null
C603-03 | breaks | IDS603 PresCompDate 1980-02-02
C603-03 | keeps  | IDS603 PresCompDate null
C603-04 | breaks | IDS603 PresCompCodSig null
C603-04 | keeps  |

C201-01 | breaks | IDS201 CareContDate 2025-03-31
C201-01 | keeps  | IDS201 CareContDate 2025-04-01
C201-01 | keeps  | IDS201 CareContDate null
C201-02 | breaks | IDS201 CareContDate 2025-05-01
C201-02 | keeps  | IDS201 CareContDate 2025-04-30
C201-02 | keeps  | IDS201 CareContDate null
C201-03 | breaks | IDS101 ReferralRequestReceivedDate 2025-04-08
C201-03 | keeps  | IDS101 ReferralRequestReceivedDate 2025-04-07
C201-03 | keeps  | IDS101 ReferralRequestReceivedDate null
C201-04 | breaks | -IDS202
C201-04 | breaks | IDS201 AttendOrDNACode 6; -IDS202
C201-04 | keeps  | IDS201 AttendOrDNACode 3; -IDS202
C201-04 | keeps  | IDS201 AttendOrDNACode null; -IDS202
C201-05 | breaks | +IDS201 CareContactId C2 AttendOrDNACode 6
C201-05 | keeps  | +IDS201 CareContactId C2 CareContTime 10:00:00
C201-05 | keeps  | +IDS201 CareContactId C2 AttendOrDNACode 3
C201-05 | keeps  | IDS201 CareContTime null; +IDS201 CareContactId C2 CareContTime null
C201-06 | breaks | IDS201 AttendOrDNACode 2
C201-06 | keeps  | IDS201 AttendOrDNACode 2 Cancellation Y
C201-06 | keeps  | IDS201 AttendOrDNACode null
C201-07 | breaks | IDS201 AttendOrDNACode 3 Cancellation Y
C201-07 | keeps  | IDS201 AttendOrDNACode 2 Cancellation Y
C201-07 | keeps  | IDS201 AttendOrDNACode null Cancellation Y
C201-08 | breaks | IDS101 ServDischDate 2025-04-06
C201-08 | keeps  | IDS101 ServDischDate 2025-04-06; IDS201 AppType 06
C201-08 | keeps  | IDS101 ServDischDate 2025-04-06; IDS201 AttendOrDNACode 3
C201-08 | keeps  | IDS101 ServDischDate 2025-04-07
C201-08 | keeps  | IDS201 CareContDate null
C202-01 | breaks | IDS202 CodeFind 195967001
C202-01 | breaks | IDS202 CodeFind 195967001 FindSchemeInUse 09
C202-01 | keeps  | IDS202 CodeFind 195967001 FindSchemeInUse 04
C202-01 | keeps  | IDS202 FindSchemeInUse 04
C202-02 | breaks | IDS202 CodeFind 195967001 FindSchemeInUse 01
C202-02 | keeps  | IDS202 CodeFind F32 FindSchemeInUse 01
C202-02 | keeps  | IDS202 CodeFind null FindSchemeInUse 01
C202-03 | breaks | IDS202 FindSchemeInUse 04
C202-03 | keeps  |
C202-04 | breaks | IDS202 ObsValue 7
C202-04 | keeps  | IDS202 ObsValue 7 UnitMeasure cm
C202-04 | keeps  |
C202-05 | breaks | IDS202 CarePersLocalId T2
C202-05 | keeps  | IDS202 CarePersLocalId null
C205-01 | breaks | IDS205 StartDateIntEnabledTherLog 2025-05-01
C205-01 | keeps  | IDS205 StartDateIntEnabledTherLog null
C205-02 | breaks | IDS101 ReferralRequestReceivedDate 2025-04-08
C205-02 | keeps  | IDS101 ReferralRequestReceivedDate null
C205-03 | breaks | IDS205 EndDateIntEnabledTherLog 2025-03-31
C205-03 | keeps  | IDS205 EndDateIntEnabledTherLog null
C205-04 | breaks | IDS205 EndDateIntEnabledTherLog 2025-05-01
C205-04 | keeps  | IDS205 EndDateIntEnabledTherLog null
C205-05 | breaks | IDS205 EndDateIntEnabledTherLog 2025-04-06
C205-05 | keeps  | IDS205 EndDateIntEnabledTherLog 2025-04-07
C205-05 | keeps  | IDS205 StartDateIntEnabledTherLog null

C606-01 | breaks | IDS606 AssToolCompDate 2025-03-31
C606-01 | keeps  | IDS606 AssToolCompDate null
C606-02 | breaks | IDS606 AssToolCompDate 2025-05-01
C606-02 | keeps  | IDS606 AssToolCompDate null
C606-03 | breaks | IDS101 ReferralRequestReceivedDate 2025-04-03
C606-03 | keeps  | IDS101 ReferralRequestReceivedDate 2025-04-02
C606-03 | keeps  | IDS606 AssToolCompDate null
C606-04 | breaks | IDS606 PersScore 9.5
C606-04 | breaks | IDS606 PersScore NA
C606-04 | breaks | IDS606 PersScore -1
C606-04 | breaks | IDS606 CodedAssToolType 473355002 PersScore 2.355
C606-04 | breaks | IDS606 CodedAssToolType 747881000000109 PersScore 2
C606-04 | keeps  | IDS606 PersScore 28
C606-04 | keeps  | IDS606 PersScore 9.0
C606-04 | keeps  | IDS606 CodedAssToolType 473355002 PersScore 2.35
C606-04 | keeps  | IDS606 CodedAssToolType 747881000000109 PersScore NA
C606-04 | keeps  | IDS606 CodedAssToolType 747951000000108 PersScore NA
C606-04 | keeps  | IDS606 CodedAssToolType 999999999 PersScore any
C606-04 | keeps  | IDS606 PersScore null
C606-04 | keeps  | IDS606 CodedAssToolType null
C606-05 | breaks | IDS606 PersScore 28
C606-05 | breaks | IDS606 CodedAssToolType 446517006 PersScore 15
C606-05 | breaks | IDS606 CodedAssToolType 473355002 PersScore 5.01
C606-05 | breaks | IDS606 CodedAssToolType 932581000000100 PersScore 9
C606-05 | keeps  | IDS606 PersScore 27
C606-05 | keeps  | IDS606 PersScore 0
C606-05 | keeps  | IDS606 CodedAssToolType 932621000000100 PersScore 9
C606-05 | keeps  | IDS606 CodedAssToolType 999999999 PersScore 900
C606-05 | keeps  | IDS606 PersScore null
C606-06 | breaks | IDS606 CodedAssToolType 999999999
C606-06 | keeps  | IDS606 CodedAssToolType null
C607-01 | breaks | IDS607 PersScore 9.5
C607-01 | keeps  | IDS607 PersScore 22
C607-01 | keeps  | IDS607 PersScore null
C607-02 | breaks | IDS607 PersScore 22
C607-02 | keeps  | IDS607 PersScore 21
C607-02 | keeps  | IDS607 PersScore null
C607-03 | breaks | IDS607 CodedAssToolType 999999999
C607-03 | keeps  | IDS607 CodedAssToolType null

C902-01 | breaks | IDS902 QualAwardedDate 2004-12-31
C902-01 | keeps  | IDS902 QualAwardedDate 2005-01-01
C902-01 | keeps  | IDS902 QualAwardedDate null
C902-02 | breaks | IDS902 QualAwardedDate 2025-05-01
C902-02 | keeps  | IDS902 QualAwardedDate null
C902-03 | breaks | IDS902 QualPlannedCompletionDate 2025-03-31
C902-03 | keeps  | IDS902 QualPlannedCompletionDate null
C902-04 | breaks | IDS902 QualPlannedCompletionDate 2027-05-01
C902-04 | keeps  | IDS902 QualPlannedCompletionDate 2027-04-30
C902-04 | keeps  | IDS902 QualPlannedCompletionDate null
C902-05 | breaks | IDS902 QualAwardedDate 2025-04-10 QualPlannedCompletionDate 2025-04-11
C902-05 | keeps  | IDS902 QualAwardedDate 2025-04-10 QualPlannedCompletionDate null
C902-06 | breaks | IDS902 QualAwardedDate null
C902-06 | keeps  | IDS902 QualAwardedDate null QualPlannedCompletionDate 2025-09-01
CX01-01 | breaks | EXT01 TeamEndDate 2023-12-31
CX01-01 | keeps  | EXT01 TeamEndDate null
CX03-01 | breaks | EXT03 GoalRating 11
CX03-01 | breaks | EXT03 GoalRating -1
CX03-01 | keeps  | EXT03 GoalRating 10
CX03-01 | keeps  | EXT03 GoalRating null
CX04-01 | breaks | EXT04 AllianceDate 2025-03-02
CX04-01 | keeps  | EXT04 AllianceDate null
"""
