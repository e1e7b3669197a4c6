using System.Diagnostics;
using AlertDavao.Tests.Data;

namespace AlertDavao.Tests.Published;

/// <summary>What many screens cost, as far as it is the same on every machine: the load generator judges it, on 300 circuits.</summary>
[Collection(Published.Name)]
public sealed class GateTests(Publication publication)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // Less memory to make ready than a city's server has: here there are 300 screens.
    private static readonly Dictionary<string, string> Settings = new() { ["DOTNET_GCgen0size"] = "8000000" };

    [Fact]
    public async Task Three_hundred_screens_get_every_report_in_one_batch_each_for_what_they_may_cost()
    {
        var gate = new ProcessStartInfo("dotnet", [Bench(), "gate", "--server", publication.Program]);

        var ended = await BuiltProgram.Run(gate, Settings, "", Patience);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Errors);
        ended.Output.Should().Contain("holds: every report is once on every screen of its station, and on no other").And.NotContain("FAILED");
    }

    [Fact]
    [Trait("catalogue", "D9")]
    public async Task The_server_starts_anew_under_three_hundred_screens_and_all_are_complete_within_15_s()
    {
        var restart = new ProcessStartInfo("dotnet", [Bench(), "restart", "--server", publication.Program]);

        var ended = await BuiltProgram.Run(restart, Settings, "", Patience);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Errors);
        ended.Output.Should().Contain("holds: every screen has every report once, and none of another station").And.NotContain("FAILED");
    }

    [Fact]
    [Trait("catalogue", "C8")]
    public async Task Four_hundred_circuits_that_drop_at_once_come_back_and_miss_nothing()
    {
        var storm = new ProcessStartInfo("dotnet", [Bench(), "storm", "--server", publication.Program, "--count", "400"]);

        var ended = await BuiltProgram.Run(storm, Settings, "", Patience);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Errors);
        ended.Output.Should().MatchRegex("lost / doubled / foreign +0 / 0 / 0");
    }

    [Fact]
    [Trait("catalogue", "O4")]
    public async Task A_flood_of_reports_loses_none_and_leaves_the_screens_alive()
    {
        var burst = new ProcessStartInfo("dotnet", [Bench(), "burst", "--server", publication.Program, "--count", "100", "--rate", "200", "--seconds", "10"]);

        var ended = await BuiltProgram.Run(burst, Settings, "", Patience);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Errors);
        ended.Output.Should().Contain("holds: every report of the burst is once on every screen of its station, and on no other").And.NotContain("FAILED");
    }

    // Built with the solution, in the same configuration as these tests.
    internal static string Bench()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        return Path.Combine(Publication.Root(), "bench", "AlertDavao.Bench", "bin", configuration, output.Name, "AlertDavao.Bench.dll");
    }
}
