using AlertDavao.Dashboard.Shell;

namespace AlertDavao.Tests.Shell;

public sealed class SocketTurnsTests
{
    // Of /proc/self/task/.../stat, behind the name in parentheses: the 41st field of all.
    private const int Policy = 41 - 3;

    [LinuxFact]
    public async Task The_thread_that_hears_of_sockets_waits_its_turn()
    {
        using var app = TestApp.Start();

        await Eventually.Holds(() => SocketTurns.Ids().Any(), "there is one in a process that listens");
        await Eventually.Holds(() => SocketTurns.Ids().All(thread => PolicyOf(thread) == SocketTurns.Batch), "it was told");
        PolicyOf(Environment.ProcessId).Should().Be(0, "nobody else was");
        using var client = app.Anonymous();
        (await client.GetAsync("/health/ready")).IsSuccessStatusCode.Should().BeTrue();
    }

    private static int PolicyOf(int thread)
        => int.Parse(File.ReadAllText($"/proc/self/task/{thread}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[Policy], System.Globalization.CultureInfo.InvariantCulture);
}
