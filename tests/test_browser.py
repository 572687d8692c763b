"""The harness for the browser stories: a page with a barrier in it must not pass for a good one."""

import pytest
from django.urls import reverse

from tests import browser

GOOD = '<html lang="en"><title>A page</title><main><h1>A page</h1><p>Words</p></main></html>'


def test_the_server_answers_and_a_page_can_be_looked_at(page_at, look):
    page = page_at(1280)
    response = page.goto(reverse("account_login"))
    assert response.status == 200
    look(page, "sign-in")


def test_a_picture_of_no_words_is_a_barrier(page_at, look):
    page = page_at(1280)
    page.set_content(
        GOOD.replace("Words", "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    )
    with pytest.raises(AssertionError, match="image-alt"):
        look(page, "no-words")


def test_a_page_too_wide_for_a_telephone_is_a_barrier(page_at, look):
    page = page_at(1280)
    page.set_content(GOOD.replace("<p>", "<p style='width: 1000px'>"))
    with pytest.raises(AssertionError, match="at 390 wide: the page is .* scrolls sideways"):
        look(page, "too-wide")


def test_what_goes_wrong_in_a_window_is_remembered(chromium, site):
    window = browser.window(chromium, site, 1280)
    window.page.goto("/")
    window.page.evaluate("console.error('all is not well')")
    window.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i style=\"color:red\">')")
    with pytest.raises(AssertionError, match="(?s)all is not well.*Content Security Policy"):
        window.close()
