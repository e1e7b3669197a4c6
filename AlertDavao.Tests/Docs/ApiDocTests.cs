using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Architecture;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Intake;

namespace AlertDavao.Tests.Docs;

/// <summary>
/// The examples of docs/api.md, run as they stand by a shell and curl against a real server. A block that begins with
/// <c>```sh test 201</c> must be answered with that status, one with <c>event</c> by a feed; one that begins with <c>```sh</c> is not run.
/// </summary>
[Collection(SecurityTests.Name)]
public sealed partial class ApiDocTests(LoggedApp app) : IDisposable
{
    // The examples show a plain curl; here it tells the status after the body.
    private const string Curl = "curl() { command curl --silent --show-error --write-out '\\n%{http_code}' \"$@\"; }\nset -eu\n";

    // The block is answered with events: what is there at once is looked at.
    private const string Events = "event";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-docs-").FullName;
    private string _token = "";

    [Fact]
    public async Task Every_example_is_answered_as_it_says()
    {
        var examples = Examples().Matches(await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs", "api.md"))).ToList();
        examples.Should().HaveCountGreaterThan(18);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "photo.jpg"), Files.Picture());
        await File.WriteAllBytesAsync(Path.Combine(_folder, "clip.mov"), Files.Mov);
        var largest = Files.Video((int)Evidence.MaxBytes - Files.Video(0).Length);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "long.mp4"), largest);
        using (var officer = await app.App.SignedIn("officer.ps20"))
            _token = await officer.AddDevice("Of the examples");
        var code = "";
        foreach (var example in examples)
        {
            var command = example.Groups["command"].Value;
            if (example.Groups["status"].Value == Events)
            {
                (await Output(command, code)).Should().Contain("event: hello").And.Contain("data: ");
                continue;
            }

            var status = int.Parse(example.Groups["status"].Value, CultureInfo.InvariantCulture);

            var (body, answered) = await Run(command, code);

            answered.Should().Be(status, $"{command}{body}");
            using var answer = JsonDocument.Parse(body);
            // The board's answers are their own; every error says it.
            if (answer.RootElement.TryGetProperty("success", out var success) || status >= 400)
                success.GetBoolean().Should().Be(status < 400);
            if (status == 201)
                code = answer.RootElement.GetProperty("data").GetProperty("tracking_code").GetString()!;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(string Body, int Status)> Run(string command, string code)
    {
        var output = await Output(command, code);
        var end = output.LastIndexOf('\n');
        return (output[..end], int.Parse(output[end..], CultureInfo.InvariantCulture));
    }

    private async Task<string> Output(string command, string code)
    {
        var start = new ProcessStartInfo("bash", ["-c", Curl + command]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.Environment["ALERTDAVAO_URL"] = app.App.Address.ToString().TrimEnd('/');
        start.Environment["ALERTDAVAO_KEY"] = DemoOptions.DefaultIntakeKey;
        start.Environment["ALERTDAVAO_DEVICE"] = _token;
        start.Environment["TRACKING_CODE"] = code;
        using var shell = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var errors = shell.StandardError.ReadToEndAsync(patience.Token);
        var output = await shell.StandardOutput.ReadToEndAsync(patience.Token);
        await shell.WaitForExitAsync(patience.Token);
        shell.ExitCode.Should().Be(0, await errors);
        return output;
    }

    [GeneratedRegex(@"^```sh test (?<status>\d{3}|event)\n(?<command>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Examples();
}
