using AlertDavao.Dashboard.Board;

namespace AlertDavao.Tests.Board;

/// <summary>Whether two pictures are the same board.</summary>
internal static class Tell
{
    public static void SameBoard(BoardPicture picture, BoardPicture fresh, string because = "")
    {
        picture.Positions.SequenceEqual(fresh.Positions).Should().BeTrue(because);
        string.Join('\n', picture.Rows.Select(What)).Should().Be(string.Join('\n', fresh.Rows.Select(What)), because);
        picture.Counters.Should().Be(fresh.Counters, because);
        picture.OldestUnacknowledged.Should().Be(fresh.OldestUnacknowledged, because);
        (picture.StartOfDay, picture.Epoch).Should().Be((fresh.StartOfDay, fresh.Epoch), because);
        if (!fresh.Entries.IsEmpty)
            picture.At.Should().Be(fresh.At, because);
    }

    /// <summary>Entries of one log are contiguous and end where the picture is complete.</summary>
    public static void Contiguous(BoardPicture picture, string because = "")
    {
        var last = picture.Positions.Single().Number;
        var count = (int)Math.Min(last, BoardPicture.MaxEntries);
        string.Join(' ', picture.Entries.Select(entry => entry.Number))
            .Should().Be(string.Join(' ', Enumerable.Range(0, count).Select(at => last - count + 1 + at)), because);
    }

    private static string What(BoardRow row)
        => $"{row.Id} v{row.Version} {row.Log} {row.Number} {row.Committed} {row.Title} {row.Severity} {row.Status} {row.ClaimedBy} {row.Who}";
}
