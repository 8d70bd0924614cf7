"""Settings of the application, all from the environment. `docs/reference/web-settings.md` tells each."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from caseness.web.environment import DEMONSTRATION, PRODUCTION, read_environment

HERE = Path(__file__).resolve().parent
ENVIRONMENT = read_environment(os.environ)
MODE = ENVIRONMENT.mode
IS_DEMONSTRATION = MODE == DEMONSTRATION
IS_PRODUCTION = MODE == PRODUCTION

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts if IS_PRODUCTION]
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A page is one transaction: what it reads, what it changes and the events that tell of both stand or fall together. It is drawn
# afterwards (`services.pages`), so that nobody waits for that.
ATOMIC_REQUESTS = True
DATABASES["default"]["ATOMIC_REQUESTS"] = ATOMIC_REQUESTS

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "caseness.web.events",
    "caseness.web.accounts",
    "caseness.web.services",
    "caseness.web.caseload",
    "caseness.web.attention",
    "caseness.web.exchange",
    "caseness.web.operation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "caseness.web.operation.requests.RequestsAreToldMiddleware",
    "csp.middleware.CSPMiddleware",
    "caseness.web.accounts.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "caseness.web.accounts.middleware.SessionsEndMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "caseness.web.accounts.middleware.SecondFactorMiddleware",
    "caseness.web.services.middleware.ReaderMiddleware",
    "caseness.web.operation.middleware.ErrorsAreToldMiddleware",
]

ROOT_URLCONF = "caseness.web.urls"
WSGI_APPLICATION = "caseness.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "design" / "templates"],
        "OPTIONS": {
            "environment": "caseness.web.design.environment.make_environment",
            "context_processors": ["caseness.web.design.context.page_context"],
        },
    },
    # The mails of allauth, and its pages that ours do not replace.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# People are invited by an administrator, and nobody can sign up.
ACCOUNT_ADAPTER = "caseness.web.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# After five failures of one account, or twenty from one address, nobody gets further for a quarter of an hour.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/15m/ip,5/15m/key",
    "reset_password": "10/15m/ip,3/15m/key",
    "reset_password_from_key": "20/15m/ip",
    "reauthenticate": "10/15m/user",
    "change_password": "10/15m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
# So long after signing in, or after showing it again, nobody is asked once more before they change how they sign in.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An address that nobody signs in with is mailed too, so that neither the page nor its speed tells the two apart.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_PRODUCTION else "http"
# A link that sets a new password.
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_SESSION_REMEMBER = False
# A second factor of everybody: an authenticator app, or a passkey, which is two in one.
ASKS_SECOND_FACTOR = ENVIRONMENT.asks_second_factor
# By the first of them the secrets of authenticator apps and recovery codes are encrypted in the database.
FACTOR_KEYS = ENVIRONMENT.factor_keys
MFA_ADAPTER = "caseness.web.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Caseness"
# An address is known to be somebody's by the invitation that came to it. Without this, whoever had a password reset asked for
# them, and be it by a stranger, could set up no second factor any more, and see no page.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A clock may be wrong by half a minute: one period either way (RFC 6238, section 5.2). No code counts twice.
MFA_TOTP_TOLERANCE = 1
# Browsers allow passkeys on http://localhost, and nowhere else without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMONSTRATION

# A name that begins so is kept by a browser only for this host, and only over TLS.
_COOKIE = "__Host-caseness" if IS_PRODUCTION else "caseness"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIE}_session", f"{_COOKIE}_csrf"
# What a message says stays on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
# The longest that anybody stays signed in, and the longest that they may do nothing.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_SECONDS = ENVIRONMENT.idle_minutes * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "caseness.web.services.views.refuse_forged"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION
# A monitor on the same machine asks without a proxy.
SECURE_REDIRECT_EXEMPT = [r"^health(/ready)?$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
# Whether browsers are told of a domain before they first see it is for its owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.is_behind_proxy else None
# Behind a proxy the address that attempts are counted by is the one that the proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.is_behind_proxy else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A form is never so long; files have the second limit, of a whole request.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LARGEST_REQUEST = 256 * 1024 * 1024

# Counts of failed sign-ins are shared by all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
EMAIL_CONFIG = ENVIRONMENT.email
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = ENVIRONMENT.sender

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "design" / "static"]
STATIC_ROOT = ENVIRONMENT.folder / "static"
# `serve` collects them under names that change with their content. Before that they are served as they lie in the package.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "caseness.web.design.storage.NamedByContent"},
}

# Files that the application keeps. They go into backups with the database.
MEDIA_ROOT = ENVIRONMENT.folder / "files"
# What a log may tell is not a setting.
LOGGING_CONFIG = "caseness.web.operation.logs.set_up_logs"
LOGGING = {"version": 1}
ADDRESS = ENVIRONMENT.address
RISK_HOURS_NEW, RISK_HOURS_KNOWN = ENVIRONMENT.risk_hours_new, ENVIRONMENT.risk_hours_known

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
