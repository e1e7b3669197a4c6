using System.Collections.Immutable;
using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Reports;
using CsCheck;

namespace AlertDavao.Tests.Board;

/// <summary>A list in blocks is the same list, and a block is another only when a row of it is.</summary>
public sealed class RowBlockTests
{
    [Fact]
    public void An_arrival_on_top_makes_one_block_anew_however_many_rows_stand_below()
    {
        var all = Rows.Many(1, 440).ToList();
        var picture = Rows.Picture(all.Take(400));
        for (var number = 401; number <= 440; number++)
        {
            var next = Rows.Picture("PS1", all.Take(number), picture);

            next.Blocks.Except(picture.Blocks).Should().ContainSingle().Which.Rows[0].Number.Should().Be(number);
            next.Blocks.Length.Should().BeInRange(number / 32, (number / 32) + 2);
            picture = next;
        }
    }

    [Fact]
    public void A_row_that_changes_changes_its_block_alone()
    {
        var rows = Rows.Many(1, 100).ToList();
        var before = Rows.Picture(rows);
        rows[49] = rows[49] with { Status = ReportStatus.Responding, Version = 2 };

        var after = Rows.Picture("PS1", rows, before);

        after.Blocks.Except(before.Blocks).Should().ContainSingle().Which.Rows.Should().Contain(rows[49]);
        after.Blocks.Select(block => block.Place).Should().Equal(before.Blocks.Select(block => block.Place));
        after.Blocks.Sum(block => block.Others).Should().Be(1);
    }

    [Fact]
    public void Whatever_comes_goes_and_changes_the_blocks_are_the_list()
        => Gen.Select(Gen.Int[1, 200], Gen.Enum<ReportStatus>(), Gen.Enum<Severity>()).Array[0, 80].Array[1, 20].Sample(steps =>
        {
            var picture = BoardPicture.Nothing;
            var drawn = new Dictionary<string, ImmutableArray<BoardRow>>();
            // A row that did not change is the same one, as in a tail.
            var made = new Dictionary<(int, ReportStatus, Severity), BoardRow>();
            foreach (var step in steps)
            {
                var rows = step.DistinctBy(one => one.Item1).Select(one => made.TryGetValue(one, out var known)
                    ? known
                    : made[one] = Rows.Row(one.Item1, one.Item2, one.Item3) with { Id = new Guid(one.Item1, 0, 0, new byte[8]) }).ToList();
                picture = Rows.Picture("PS1", rows, picture);
                var blocks = picture.Blocks;
                if (!blocks.SelectMany(block => block.Rows).SequenceEqual(picture.Rows) || !blocks.SelectMany(block => block.Places).SequenceEqual(picture.Places))
                    return false;
                if (blocks.Any(block => block.Rows.IsEmpty || block.Others != block.Rows.Count(row => !row.IsUnacknowledged)))
                    return false;
                for (var at = 1; at < blocks.Length; at++)
                {
                    if (blocks[at].Place <= blocks[at - 1].Place)
                        return false;
                }

                // A stamp that was drawn once stands for those rows for ever.
                foreach (var block in blocks)
                {
                    if (drawn.TryGetValue(block.Stamp, out var held) && !held.SequenceEqual(block.Rows))
                        return false;
                    drawn[block.Stamp] = block.Rows;
                }
            }

            return true;
        });
}
