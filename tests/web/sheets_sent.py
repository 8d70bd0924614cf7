"""Practice sheets as somebody sends them by the page."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseness.web.exchange.models import Transfer

HEADER = "row,client,date,therapist,attended,CORE-10,ending\n"


def send(page, name, content):
    """Choose a file, and see what is said of it."""
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return page.post(reverse("import-upload"), {"file": file, "profile": "practice"}, follow=True)


def bring(page, name, content):
    """Choose a file, import what is sound, and see what is said."""
    send(page, name, content)
    return page.post(reverse("import-confirm", args=(Transfer.objects.first().key,)), follow=True)
