"""FastAPI on uvicorn, one process: the same routes, `def` and `async def` as each function is."""

import asyncio
import os
import socket
import sys
import threading
import time
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI(default_response_class=PlainTextResponse)


@app.get("/ping")
async def ping():
    return "hello"


@app.get("/plain")
def plain():
    return "hello"


@app.get("/slow")
def slow():
    time.sleep(0.010)
    return "done"


async def config():
    return 3


async def db(config: Annotated[int, Depends(config)]):
    return config


def token():
    return 7


def session(db: Annotated[int, Depends(db)]):
    return db


async def user(token: Annotated[int, Depends(token)], session: Annotated[int, Depends(session)]):
    return f"{token}@{session}"


def permissions(user: Annotated[str, Depends(user)], session: Annotated[int, Depends(session)]):
    return f"{user}:read:{session}"


@app.get("/graph")
async def graph(
    user: Annotated[str, Depends(user)],
    permissions: Annotated[str, Depends(permissions)],
    db: Annotated[int, Depends(db)],
):
    return f"{user} may {permissions} in {db}"


def first():
    time.sleep(0.020)
    return 1


def second():
    time.sleep(0.020)
    return 1


async def third():
    await asyncio.sleep(0.020)
    return 2


async def fourth():
    await asyncio.sleep(0.020)
    return 2


@app.get("/four")
async def four(
    first: Annotated[int, Depends(first)],
    second: Annotated[int, Depends(second)],
    third: Annotated[int, Depends(third)],
    fourth: Annotated[int, Depends(fourth)],
):
    return str(first + second + third + fourth)


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(listener.getsockname()[1], flush=True)
    settings = uvicorn.Config(app, log_level="warning", access_log=False)
    uvicorn.Server(settings).run(sockets=[listener])
