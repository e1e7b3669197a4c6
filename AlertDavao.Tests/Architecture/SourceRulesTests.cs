using System.Text.RegularExpressions;

namespace AlertDavao.Tests.Architecture;

/// <summary>What no source of the product may contain. Each rule is tried on a line that breaks it, so that it can fail.</summary>
public sealed class SourceRulesTests
{
    private const RegexOptions Lines = RegexOptions.Singleline | RegexOptions.CultureInvariant;

    public static TheoryData<string, string, string, string> Forbidden() => new()
    {
        { ".cs .razor", @"\bMarkupString\b", "", "@((MarkupString)title)" },
        { ".cs .razor", @"\bAddMarkupContent\b", "Board/RowMarkup.cs", "builder.AddMarkupContent(0, html);" },
        { ".cs .razor", @"\basync\s+void\b", "", "private async void Save()" },
        { ".cs .razor", @"\bDateTime(Offset)?\.(Utc)?Now\b", "", "var now = DateTime.Now;" },
        { ".cs .razor", @"Async\([^;]*\)\.Result\b|\btask\.Result\b", "", "var user = FindAsync(id).Result;" },
        { ".cs .razor", @"\.(Wait|GetAwaiter\(\)\.GetResult)\(\)", "", "task.Wait();" },
        { ".cs .razor", @"\bThread\.Sleep\b", "", "Thread.Sleep(5);" },
        { ".cs .razor .js", @"\beval\s*\(", "", "eval(text)" },
        { ".cs .razor .js", @"\b(inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b", "", "row.innerHTML = text;" },
        { ".js", @"\b(window|globalThis|self)\s*\.\s*\w+\s*=[^=]", "", "window.board = {};" },
        { ".js", @"\bnew\s+Function\b|\bset(Timeout|Interval)\s*\(\s*[""'`]", "", "setTimeout('go()', 1)" },
        { ".razor", @"\sstyle\s*=", "", "<div style=\"color: red\">" },
        { ".razor", @"\son[a-z]+\s*=\s*[""'](?!@)", "", "<img onerror=\"go()\">" },
        { ".razor", @"<script(?![^>]*\ssrc=)[^>]*>", "", "<script>go()</script>" },
        { ".razor", @"<script[^>]*>\s*[^<\s]", "", "<script src=\"x\">go()</script>" },
        { ".razor", @"<style\b", "", "<style>p {}</style>" },
        { ".razor", @"\bforceLoad\s*:\s*true\b|\bNavigateTo\([^)]*,\s*true\)", "", "Navigation.NavigateTo(\"/\", forceLoad: true);" },
        { ".cs .razor", @"#region\b", "", "#region Fields" },
        { ".cs .razor", @"catch\s*(\([^)]*\))?\s*\{\s*\}", "", "try { Go(); } catch { }" },
        { ".cs", @"\bHttpContextAccessor\b", "", "services.AddHttpContextAccessor(); IHttpContextAccessor HttpContextAccessor;" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void No_source_contains(string endings, string pattern, string exceptIn, string example)
    {
        var rule = new Regex(pattern, Lines);
        rule.IsMatch(example).Should().BeTrue("the rule finds what it forbids");
        var files = Sources.Ending(endings.Split(' ')).ToList();
        files.Should().NotBeEmpty();

        // Attributes are between quotes: markup is looked at whole.
        var found = files
            .Where(file => file.Key != exceptIn)
            .Where(file => rule.IsMatch(endings == ".razor" ? WithoutComments(file.Value) : Sources.CodeOf(file.Value)))
            .Select(file => file.Key);

        found.Should().BeEmpty();
    }

    [Fact]
    public void The_one_place_that_writes_markup_is_the_reviewed_one()
        => Sources.Ending(".cs").Where(file => file.Value.Contains("AddMarkupContent", StringComparison.Ordinal)).Select(file => file.Key)
            .Should().Equal("Board/RowMarkup.cs");

    [Theory]
    [InlineData("Shell/Routes.razor")]
    [InlineData("Shell/MainLayout.razor")]
    [InlineData("Shell/PlainLayout.razor")]
    [InlineData("Shell/App.razor")]
    public void The_shell_is_static(string file)
    {
        var markup = WithoutComments(Sources.Dashboard[file]);
        // An island inside it may be interactive; the shell itself, its router and its head outlet are not.
        var withoutIslands = Regex.Replace(markup, @"<AlertIsland\b[^>]*>", "", Lines);

        withoutIslands.Should().NotContain("rendermode").And.NotContain("RenderMode");
    }

    [Fact]
    public void Router_and_head_outlet_stand_in_the_shell_without_a_render_mode()
    {
        var app = Sources.Dashboard["Shell/App.razor"];

        app.Should().MatchRegex(@"<HeadOutlet\s*/>").And.MatchRegex(@"<Routes\s*/>");
    }

    [Fact]
    public void The_islands_are_the_board_the_alerts_the_meters_and_the_stations_and_no_other()
        => Sources.Ending(".razor").SelectMany(file => Regex.Matches(WithoutComments(file.Value), @"<(\w+)\b[^>]*@rendermode", Lines))
            .Select(island => island.Groups[1].Value)
            .Should().BeEquivalentTo("AlertIsland", "ReportBoard", "OperationsBoard", "StationsBoard");

    [Fact]
    public void Every_island_keeps_its_key_over_navigation()
        => Sources.Ending(".razor").SelectMany(file => Regex.Matches(WithoutComments(file.Value), @"<\w+\b[^>]*@rendermode[^>]*>", Lines))
            .Select(island => island.Value)
            .Should().NotBeEmpty().And.OnlyContain(island => island.Contains("@key=", StringComparison.Ordinal));

    [Fact]
    public void The_list_has_no_scoped_styles()
    {
        // One frame more on every row: a screen of fifty keeps 40 KiB more for it.
        Sources.Dashboard.Keys.Should().Contain("Board/BoardBar.razor.css").And.NotContain("Board/ReportBoard.razor.css");
    }

    [Fact]
    public void Nothing_of_the_component_library_stands_on_the_board()
        => Sources.Ending(".razor").Where(file => file.Key.StartsWith("Board/", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(file => !Regex.IsMatch(file.Value, @"<Mud\w+"));

    [Fact]
    public void Every_row_of_the_live_list_is_known_by_its_place_and_not_by_its_index()
        => Sources.Dashboard["Board/RowMarkup.cs"].Should().MatchRegex(@"Add\(builder, places\[\w+\], ")
            .And.Contain("builder.OpenComponent<RowsBlock>(block.Place);");

    [Fact]
    public void Every_text_is_used()
    {
        var sources = string.Join('\n', Sources.Ending(".cs", ".razor").Select(file => file.Value));
        var unused = Sources.Ending("Texts.resx").SelectMany(file => Regex.Matches(file.Value, @"<data name=""(?<key>\w+)""")
            .Select(text => $"{Path.GetFileNameWithoutExtension(file.Key)}.{text.Groups["key"].Value}"))
            .Where(text => !Regex.IsMatch(sources, $@"\b{Regex.Escape(text)}\b"));

        unused.Should().BeEmpty();
    }

    [Fact]
    public void No_source_is_longer_than_a_person_reads()
        => Sources.Ending(".cs", ".razor").Where(file => !file.Key.Contains("Seed/", StringComparison.Ordinal))
            .Where(file => file.Value.Count(letter => letter == '\n') > 300).Select(file => file.Key)
            .Should().BeEmpty();

    private static string WithoutComments(string text) => Regex.Replace(text, @"@\*.*?\*@", "", Lines);
}
