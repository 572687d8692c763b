import os
import sys

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onedoor.settings.council")
application = get_wsgi_application()

# Serve nothing from a database that could lose or rewrite what it was told.
faults = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
if faults:
    sentences = "\n".join(str(fault) for fault in faults)
    print(sentences, file=sys.stderr)  # the log keeps only the kind of an error and its place
    raise ImproperlyConfigured(sentences)
