"""Talks over methods that come with the program."""

from functools import cache

from bot.packs.on_disk import built_in_packs
from content import loader
from content.loaded import Loaded
from tests.conversation.talk import Talk


@cache
def own_pack(name: str) -> Loaded:
    own = built_in_packs()
    loaded = loader.load_all({one: own[one] for one in ("gemensamt", name)})[name]
    assert isinstance(loaded, Loaded)
    return loaded


def install(talk: Talk, *names: str) -> None:
    with talk.uow() as uow:
        for name in names:
            one = own_pack(name)
            uow.packs.put(one.pack, one.checksum, by="test", at=talk.clock.now())
        uow.commit()
