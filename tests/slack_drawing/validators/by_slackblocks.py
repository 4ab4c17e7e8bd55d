"""Builds a payload anew with slackblocks' classes, which check their arguments."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import slackblocks
from slackblocks import rich_text

MADE_BY: Mapping[str, Callable[..., Any]] = {
    "actions": slackblocks.ActionsBlock,
    "button": slackblocks.Button,
    "checkboxes": slackblocks.CheckboxGroup,
    "context": slackblocks.ContextBlock,
    "datepicker": slackblocks.DatePicker,
    "divider": slackblocks.DividerBlock,
    "header": slackblocks.HeaderBlock,
    "home": slackblocks.HomeTabView,
    "input": slackblocks.InputBlock,
    "link": rich_text.RichTextLink,
    "modal": slackblocks.ModalView,
    "multi_static_select": slackblocks.StaticMultiSelectMenu,
    "multi_users_select": slackblocks.UserMultiSelectMenu,
    "plain_text_input": slackblocks.PlainTextInput,
    "radio_buttons": slackblocks.RadioButtonGroup,
    "rich_text": slackblocks.RichTextBlock,
    "rich_text_list": rich_text.RichTextList,
    "rich_text_quote": rich_text.RichTextQuote,
    "rich_text_section": rich_text.RichTextSection,
    "section": slackblocks.SectionBlock,
    "static_select": slackblocks.StaticSelectMenu,
    "text": rich_text.RichText,
    "user": rich_text.RichTextUser,
    "users_select": slackblocks.UserSelectMenu,
}
RICH = ("text", "link", "user")


def validate(surface: str, payload: Mapping[str, Any]) -> None:
    if surface == "message":
        blocks = [_made(block) for block in payload["blocks"]]
        slackblocks.Message("C1", text=payload["text"], blocks=blocks).to_dict()
    else:
        _made(payload).to_dict()


def _made(payload: Mapping[str, Any]) -> Any:
    kind = payload.get("type", "")
    values = {key: _value(value) for key, value in payload.items() if key not in ("type", "style")}
    if kind in ("plain_text", "mrkdwn"):
        return slackblocks.Text(type_=slackblocks.TextType(kind), **values)
    if kind in RICH:
        return MADE_BY[kind](**values, **payload.get("style", {}))
    if kind in MADE_BY:
        style = {"style": payload["style"]} if "style" in payload else {}
        made_by = MADE_BY[kind]
        if "options" in inspect.signature(made_by).parameters:
            values.setdefault("options", None)
        return made_by(**values, **style)
    if "options" in payload:
        return slackblocks.OptionGroup(**values)
    return slackblocks.Option(**values)


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(one) for one in value]
    return _made(value) if isinstance(value, Mapping) else value
