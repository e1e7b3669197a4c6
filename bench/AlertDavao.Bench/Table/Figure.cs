using System.Globalization;

namespace AlertDavao.Bench.Table;

/// <summary>A line of the table: what it must reach, and what it is to reach.</summary>
/// <param name="IsMost">The figure may be at most so much; else at least.</param>
internal sealed record Figure(string Name, string Unit, double Must, double Aim, bool IsMost = true)
{
    public bool Holds(double value) => IsMost ? value <= Must : value >= Must;

    public bool Reaches(double value) => IsMost ? value <= Aim : value >= Aim;

    public static string Text(double value) => value.ToString(value >= 1000 ? "N0" : value >= 100 ? "F0" : "F1", CultureInfo.InvariantCulture);
}

/// <summary>The promises, in the order of the table.</summary>
internal static class Promised
{
    public static readonly Figure Held = new("circuits held, nothing lost, doubled or foreign", "", 10_000, 12_000, IsMost: false);
    public static readonly Figure Calm = new("10,000 circuits, 500 a station, 4 reports/s: p99 from POST to received", "ms", 60, 30);
    public static readonly Figure Busy = new("the same at 16 reports/s", "ms", 160, 50);
    public static readonly Figure Half = new("5,000 circuits, 250 a station, 16 reports/s", "ms", 40, 15);
    public static readonly Figure Fast = new("1,000 circuits, 100 reports/s", "ms", 15, 5);
    public static readonly Figure Opening = new("page request to interactive, p99, 8 at a time beside 1,000 live screens", "ms", 100, 60);
    public static readonly Figure Memory = new("managed memory a circuit after load", "KiB", 200, 120);
    public static readonly Figure Cpu = new("server CPU a delivered update (10,000 circuits, 16 reports/s)", "us", 90, 50);
    public static readonly Figure FeedMemory = new("feed, 10,000 connections: managed memory each", "KiB", 15, 8);
    public static readonly Figure FeedTime = new("feed, 500 a station, 16 reports/s: p99", "ms", 25, 10);
    public static readonly Figure Intake = new("durable intake, times the Node peer's at FULL", "x", 3, 6, IsMost: false);
    public static readonly Figure IntakeBusy = new("intake p99 while 10,000 circuits are served 16 reports/s", "ms", 150, 30);
    public static readonly Figure Storm = new("10,000 circuits drop and return, all complete", "s", 60, 25);

    public static readonly Figure[] All =
        [Held, Calm, Busy, Half, Fast, Opening, Memory, Cpu, FeedMemory, FeedTime, Intake, IntakeBusy, Storm];
}
