"""Settings all tests share."""

from hypothesis import settings

# A first call that imports or allocates may take long on a loaded machine; that is no failure.
settings.register_profile("maoc", deadline=None)
settings.load_profile("maoc")
