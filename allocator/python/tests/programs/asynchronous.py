import asyncio


async def work(n):
    await asyncio.sleep(0.001 * n)
    if n == 3:
        raise ValueError(n)
    return n


async def main():
    print(await asyncio.gather(*map(work, range(5)), return_exceptions=True))
    await work(3)


asyncio.run(main())
