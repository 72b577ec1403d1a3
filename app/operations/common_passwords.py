"""Passwords that are tried first by everybody; those shorter than the least length need not stand here."""

COMMON = frozenset(
    (
        "123456789012 1234567890123 12345678901234 123456789123 111111111111 000000000000 "
        "password1234 password12345 passwordpassword qwertyuiop12 qwerty123456 qwertyuiopas "
        "indonesia123 indonesia1234 rahasia12345 sayangsayang bismillah123 bismillah1234 "
        "metrometro12 kotametro123 kotametro2018 dpmptsp12345 perizinan123 eperizinan12 administrator "
        "administrator1 admin1234567 katasandi123 katasandi1234 letmeinletmein iloveyou1234 welcome12345"
    ).split()
)
