"""C10: share of appeals decided in term."""

from datetime import date

from varta.figures import Indicator, KeptInTerm

indicator = Indicator(
    code="C10",
    title={"uk": "Звернення, розглянуті у строк", "en": "Appeals decided in term"},
    definition={
        "uk": "Відповіді, надані у строк, серед звернень, строк відповіді на які припав на період (з урахуванням продовження). Повернуті, переслані та не розглянуті за законом не враховано.",
        "en": "Replies given in term among the appeals whose reply fell due in the period, extensions included. Those returned, forwarded or left unconsidered under the law are not counted.",
    },
    measure=KeptInTerm(
        "appeal.receive",
        "appeal.reply",
        dropped_by=(
            "appeal.return_defective",
            "appeal.return_for_data",
            "appeal.forward",
            "appeal.leave_unconsidered",
        ),
    ),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, C10",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
