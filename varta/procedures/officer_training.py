"""The way of a hromada police officer (поліцейський офіцер громади): from the questionnaire to dismissal.

One case for each candidate. Order 650/2017 speaks of these officers since its change 301 of 18.05.2022; its inner
points, and the articles of law 580-VIII named here, stand from memory: a lawyer has to compare them with the text.
Two and a half to three months of training and one month of internship are practice, told in the press: unverified.
What follows in which order, day by day, is asked by `varta/officers/way.py`, which also counts.
"""

from varta.law import Law, Norm, Procedure, Step, term
from varta.procedures._officer_records import (
    Appointment,
    Attendance,
    Dismissal,
    Enrolment,
    Graduation,
    Internship,
    InternshipEnd,
    Interview,
    Leave,
    Mark,
    Polygraph,
    Questionnaire,
    Requirements,
    Return,
    Testing,
    Transfer,
    Withdrawal,
)
from varta.procedures.call import RADA

POLICE_LAW = RADA + "580-19"
BEATS = Law("650/2017", "*", RADA + "z1041-17")
CANDIDATES = Law("580-VIII", "49", POLICE_LAW)
CHECKS = Law("580-VIII", "50", POLICE_LAW)
TRAINING = Law("580-VIII", "72", POLICE_LAW)
APPOINTING = Law("580-VIII", "47", POLICE_LAW)
MOVING = Law("580-VIII", "65", POLICE_LAW)
LEAVES = Law("580-VIII", "92", POLICE_LAW)
DISMISSING = Law("580-VIII", "77", POLICE_LAW)

WHO = ("coordinator", "head")
SERVING = ("appoint", "transfer", "return")

procedure = Procedure(
    code="officer_training",
    title={"uk": "Шлях поліцейського офіцера громади", "en": "The way of a hromada police officer"},
    sensitivity="restricted",
    steps=(
        Step("apply", {"uk": "Прийняти анкету", "en": "Take the questionnaire"}, CANDIDATES, Questionnaire, by=WHO),
        Step("requirements", {"uk": "Перевірити вимоги", "en": "Check the requirements"}, CANDIDATES, Requirements,
             by=WHO, after="apply"),
        Step("testing", {"uk": "Записати тестування", "en": "Enter the tests"}, CHECKS, Testing, by=WHO, after="apply"),
        Step("interview", {"uk": "Записати співбесіду", "en": "Enter the interview"}, CHECKS, Interview, by=WHO,
             after="apply"),
        Step("polygraph", {"uk": "Записати поліграф", "en": "Enter the polygraph"}, CHECKS, Polygraph, by=WHO,
             after="apply"),
        Step("enrol", {"uk": "Зарахувати на курс", "en": "Enrol in a course"}, TRAINING, Enrolment, by=WHO,
             after="apply"),
        Step("attend", {"uk": "Записати відвідування", "en": "Enter attendance"}, TRAINING, Attendance, by=WHO,
             after="enrol", once=False),
        Step("mark", {"uk": "Поставити оцінку", "en": "Enter a mark"}, TRAINING, Mark, by=WHO, after="enrol",
             once=False),
        Step("graduate", {"uk": "Записати закінчення курсу", "en": "Enter the end of the course"}, TRAINING, Graduation,
             by=WHO, after="enrol"),
        Step("begin_internship", {"uk": "Почати стажування", "en": "Begin the internship"}, TRAINING, Internship,
             by=WHO, after="graduate"),
        Step("finish_internship", {"uk": "Завершити стажування", "en": "Finish the internship"}, TRAINING,
             InternshipEnd, by=WHO, after="begin_internship"),
        Step("appoint", {"uk": "Призначити до громади", "en": "Appoint to a hromada"}, APPOINTING, Appointment,
             by=WHO, after="finish_internship"),
        Step("transfer", {"uk": "Перевести до іншої громади", "en": "Transfer to another hromada"}, MOVING, Transfer,
             by=WHO, after="appoint", once=False),
        Step("leave", {"uk": "Записати відпустку або відрядження", "en": "Enter a leave"}, LEAVES, Leave, by=WHO,
             after="appoint", once=False),
        Step("return", {"uk": "Записати повернення", "en": "Enter the return"}, LEAVES, Return, by=WHO, after="leave",
             once=False),
        Step("dismiss", {"uk": "Звільнити з посади", "en": "Dismiss"}, DISMISSING, Dismissal, by=WHO, after="appoint",
             closes=True),
        Step("withdraw", {"uk": "Завершити шлях кандидата", "en": "End the candidate's way"}, CANDIDATES, Withdrawal,
             by=WHO, after="apply", closes=True),
    ),
    norms=(
        Norm("training", {"uk": "Тривалість спеціального навчання", "en": "Length of the special training"}, BEATS,
             (term("2019-02-01", months=3),)),
        Norm("internship", {"uk": "Тривалість стажування", "en": "Length of the internship"}, BEATS,
             (term("2019-02-01", months=1),)),
    ),
)  # fmt: skip
