from datetime import datetime, timedelta

OPEN, CLOSED = 9, 17


class $A:
    """$S"""

    def __init__(self, $B: str, attempts: int = #1) -> None:
        self.$B = $B
        self.attempts = attempts
        self.calls: list[datetime] = []

    def best(self, day: datetime) -> datetime:
        # Before nine or after five: $C
        for hour in (OPEN - 1, CLOSED):
            moment = day.replace(hour=hour, minute=30)
            if moment not in self.calls and len(self.calls) < #2:
                return moment
        return self.best(day + timedelta(days=1))


if __name__ == "__main__":
    caller = $A("$D", attempts=#3)
    print(f"{caller.$B}: {caller.best(datetime(2026, 1, 5)):%H:%M}")
