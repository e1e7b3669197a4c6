using System.Collections.Immutable;
using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Reports;
using CsCheck;

namespace AlertDavao.Tests.Board;

/// <summary>A place grows down the list, and a report keeps its own while it stands where it stood.</summary>
public sealed class BoardPlacesTests
{
    [Fact]
    public void An_arrival_on_top_leaves_every_place_as_it_was()
    {
        var before = Picture(Rows.Many(1, 50), BoardPicture.Nothing);

        var after = Picture(Rows.Many(1, 51), before);

        after.Places.Skip(1).Should().Equal(before.Places);
        after.Places.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Below_an_urgent_row_a_hundred_thousand_find_room()
    {
        var urgent = Rows.Row(1_000_000, severity: Severity.Critical);
        var picture = Picture([urgent, Rows.Row(1)], BoardPicture.Nothing);
        for (var number = 2; number <= 100_000; number++)
        {
            var next = Picture([urgent, Rows.Row(number), Rows.Row(number - 1)], picture);
            next.Places[2].Should().Be(picture.Places[1]);
            next.Places[0].Should().Be(picture.Places[0]);
            picture = next;
        }
    }

    [Fact]
    public void An_urgent_row_that_is_acknowledged_moves_down_and_moves_no_other()
    {
        var rows = Rows.Many(1, 10).ToList();
        var before = Picture([.. rows, Rows.Row(5, ReportStatus.Received, Severity.Critical) with { Number = 11, Id = Guid.NewGuid() }], BoardPicture.Nothing);
        var moved = before.Rows[0] with { Status = ReportStatus.Acknowledged };

        var after = Picture([.. rows, moved], before);

        after.Rows.IndexOf(moved).Should().BeGreaterThan(0);
        after.Places.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        foreach (var row in rows)
            PlaceOf(after, row).Should().Be(PlaceOf(before, row));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(37)]
    public void Two_hundred_urgent_rows_that_came_between_two_others_move_down_in_any_order_and_move_no_other(int stride)
    {
        var others = new[] { Rows.Row(1), Rows.Row(202) };
        var urgent = Enumerable.Range(2, 200).Select(number => Rows.Row(number, ReportStatus.Received, Severity.Critical)).ToList();
        var picture = Picture([.. others, .. urgent], BoardPicture.Nothing);
        for (var at = 0; at < urgent.Count; at++)
        {
            var before = picture;
            var index = (((at * stride) % urgent.Count) + urgent.Count) % urgent.Count;
            urgent[index] = urgent[index] with { Status = ReportStatus.Acknowledged };

            picture = Picture([.. others, .. urgent], before);

            picture.Places.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
            foreach (var held in picture.Rows.Where(row => row.Id != urgent[index].Id))
                PlaceOf(picture, held).Should().Be(PlaceOf(before, held));
        }

        urgent.Should().OnlyContain(row => row.Status == ReportStatus.Acknowledged);
    }

    [Fact]
    public void Whatever_comes_goes_and_changes_places_grow_down_the_list()
        => Gen.Select(Gen.Int[1, 200], Gen.Enum<ReportStatus>(), Gen.Enum<Severity>()).Array[0, 40].Array[1, 30].Sample(steps =>
        {
            var picture = BoardPicture.Nothing;
            foreach (var step in steps)
            {
                var rows = step.DistinctBy(one => one.Item1).Select(one => Rows.Row(one.Item1, one.Item2, one.Item3) with { Id = new Guid(one.Item1, 0, 0, new byte[8]) });
                picture = Picture(rows, picture);
                for (var at = 1; at < picture.Places.Length; at++)
                {
                    if (picture.Places[at] <= picture.Places[at - 1])
                        return false;
                }

                if (picture.Places.Length != picture.Rows.Length || picture.Places.Any(place => place < 0))
                    return false;
            }

            return true;
        });

    [Fact]
    public void Where_there_is_no_room_left_all_of_them_get_new_places()
    {
        var picture = Picture([Rows.Row(1), Rows.Row(1_000_000)], BoardPicture.Nothing);

        // Always between the last one and the one above it: half of what is left each time.
        for (var number = 999_999; number > 999_900; number--)
        {
            var last = number;
            picture = Picture([Rows.Row(1), .. Enumerable.Range(last, 1_000_001 - last).Select(at => Rows.Row(at))], picture);
            picture.Places.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        }
    }

    private static int PlaceOf(BoardPicture picture, BoardRow row)
        => picture.Places[picture.Rows.Select((held, at) => (held, at)).Single(one => one.held.Id == row.Id).at];

    private static BoardPicture Picture(IEnumerable<BoardRow> rows, BoardPicture before) => Rows.Picture("PS1", rows, before);
}
