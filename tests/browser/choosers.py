"""Choose in the admin's searching choosers as a person does: open, type, take what is offered."""


def choose(page, name, typed):
    """Choose the first offer that has ``typed`` in the chooser of the field ``name``."""
    page.locator(f"[name={name}] + .select2 [role=combobox]").click()
    # Filled, not typed: the box takes the focus a moment after it opens, and early letters would be lost.
    page.locator(".select2-container--open .select2-search__field").fill(typed)
    page.locator(".select2-results__option", has_text=typed).first.click()
    page.locator(f"[name={name}] + .select2", has_text=typed).wait_for()
