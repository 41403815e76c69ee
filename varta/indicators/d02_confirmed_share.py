"""D02: share of facts that were confirmed."""

from datetime import date

from varta.figures import Indicator, Share

indicator = Indicator(
    code="D02",
    title={"uk": "Підтверджені факти", "en": "Confirmed facts"},
    definition={
        "uk": "Матеріали, завершені за період із результатом «вжито заходів» або «розпочато кримінальне провадження», серед завершених із цими результатами або з результатом «факт не підтвердився». Результат «інше» не враховано: він не каже, чи факт підтвердився.",
        "en": "Matters closed in the period with “measures were taken” or “criminal proceedings”, among those closed with these or with “the fact was not confirmed”. “Other” is left out: it does not say whether the fact was confirmed.",
    },
    measure=Share(
        "domestic_violence.close",
        part="f.outcome IN ('measures', 'criminal')",
        whole="f.outcome IN ('measures', 'criminal', 'not_confirmed')",
    ),
    unit={"uk": "частка", "en": "share"},
    direction="neither",
    source="Indicator catalogue of prevention work, D02; visits without a registered fact are not in the journal",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
