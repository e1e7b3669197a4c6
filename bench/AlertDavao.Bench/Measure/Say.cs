using System.Globalization;

namespace AlertDavao.Bench.Measure;

/// <summary>Lines of the report: the same figures in the same form whatever the machine's language.</summary>
internal static class Say
{
    public static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static void Figure(string name, FormattableString value) =>
        Console.Out.WriteLine($"{name,-34} {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Says whether something holds, and hands it back.</summary>
    public static bool Holds(bool isSo, FormattableString what)
    {
        Line($"{(isSo ? "holds" : "FAILED")}: {FormattableString.Invariant(what)}");
        return isSo;
    }
}
