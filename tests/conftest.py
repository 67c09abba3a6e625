"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# A deadline by the clock only tells how busy the machine is: what must not take long is measured in
# processor time (`tests.growing`).
settings.register_profile("factcheck", deadline=None)
settings.load_profile("factcheck")
