using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Data.Backups;

namespace AlertDavao.Dashboard;

/// <summary>The verbs of the program besides serving.</summary>
internal static class CommandLine
{
    public const string CreateCityDesk = "create-city-desk";

    public const string VerifyAudit = "verify-audit";

    /// <summary>Whether the arguments name a verb instead of asking to serve.</summary>
    public static bool IsVerb(string[] args) => args is [CreateCityDesk or VerifyAudit, ..] || BackupVerbs.Has(args);

    /// <returns>The exit code: 0 done, 1 refused (or the audit does not hold), 2 wrong usage.</returns>
    public static Task<int> Run(string[] args, IServiceProvider services)
        => args[0] == VerifyAudit ? Task.FromResult(Verify(services)) : Create(args, services);

    private static int Verify(IServiceProvider services)
    {
        var verdict = services.GetRequiredService<VerifyAudit>().Run();
        if (verdict.BrokenAt is { } entry)
        {
            Console.WriteLine($"The audit does not hold: entry {entry} was changed, or one before it was changed, added or removed.");
            return 1;
        }

        Console.WriteLine($"The audit holds: {verdict.Count} entries, {verdict.BeforeChain} of them from before its chain began.");
        Console.WriteLine($"Head: {Convert.ToHexStringLower(verdict.Head)}");
        return 0;
    }

    private static async Task<int> Create(string[] args, IServiceProvider services)
    {
        var named = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
        if (named["email"] is not { Length: > 0 } email || named["name"] is not { Length: > 0 } name)
        {
            await Console.Error.WriteLineAsync($"Usage: {CreateCityDesk} --email <address> --name <name>");
            return 2;
        }

        await using var scope = services.CreateAsyncScope();
        var refusals = await scope.ServiceProvider.GetRequiredService<CreateCityDesk>().Run(email, name, ReadPassword());
        foreach (var refusal in refusals)
            await Console.Error.WriteLineAsync(refusal);
        if (refusals.Count > 0)
            return 1;

        Console.WriteLine($"{email} may now sign in as the city desk.");
        return 0;
    }

    // At a keyboard nothing is shown; from a pipe the first line is taken.
    private static string ReadPassword()
    {
        if (Console.IsInputRedirected)
            return Console.ReadLine() ?? "";

        Console.Write("Password: ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
