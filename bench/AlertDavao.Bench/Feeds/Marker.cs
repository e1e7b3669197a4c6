using System.Globalization;
using System.Text;

namespace AlertDavao.Bench.Feeds;

/// <summary>A number in a report's title, by which its post and its events are known to belong together on any wire.</summary>
internal sealed class Marker
{
    private const int Digits = 8;

    private readonly byte[] _before;

    public Marker()
    {
        Text = $"~{Guid.NewGuid().ToString("N")[..8]}~";
        _before = Encoding.ASCII.GetBytes(Text);
    }

    private string Text { get; }

    public string Of(int number) => Text + number.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>The next number at or behind <paramref name="from"/>, which moves behind it; null when there is none.</summary>
    /// <param name="at">Where the marker begins.</param>
    public int? Next(ReadOnlySpan<byte> message, ref int from, out int at)
    {
        at = message[from..].IndexOf(_before);
        if (at < 0) return null;
        at += from;
        from = at + _before.Length + Digits;
        return int.Parse(message.Slice(at + _before.Length, Digits), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
