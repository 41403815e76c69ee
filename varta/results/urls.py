"""The addresses of results."""

app_name = "results"
urlpatterns = []
