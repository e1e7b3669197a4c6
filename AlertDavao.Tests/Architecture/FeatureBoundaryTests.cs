using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Live;

namespace AlertDavao.Tests.Architecture;

/// <summary>Who may know whom inside the dashboard.</summary>
public sealed class FeatureBoundaryTests
{
    private const BindingFlags Every = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly Dashboard = typeof(LiveBus).Assembly;

    /// <summary>A feature, and the others it may name. The root composes, so it is not in the table.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Live"] = [],
        ["Meters"] = [],
        // The context holds the accounts' table: Identity shares the database.
        ["Data"] = ["Accounts", "Meters"],
        ["Duty"] = ["Data"],
        // How much the outside may ask, and who the outside is.
        ["Limits"] = ["Data"],
        ["Mail"] = ["Data"],
        ["Accounts"] = ["Data", "Duty", "Limits", "Live", "Mail", "Meters"],
        // One page draws the board and the report that is open beside it.
        // And how many feeds of it there may be.
        ["Board"] = ["Live", "Duty", "Accounts", "Data", "Reports", "Map", "Limits", "Meters"],
        // The files of a note go the intake's way.
        ["Reports"] = ["Live", "Duty", "Accounts", "Data", "Map", "Intake"],
        ["Map"] = ["Data"],
        ["Audit"] = ["Data", "Duty", "Accounts"],
        // The page of a station shows what the audit says of it.
        ["Roster"] = ["Data", "Duty", "Accounts", "Live", "Board", "Reports", "Audit"],
        ["Operations"] = ["Meters", "Data", "Duty", "Accounts"],
        // Who serves which ground, and where open reports go by it.
        ["Territory"] = ["Data", "Duty", "Accounts", "Live", "Map", "Reports"],
        // All of them at a glance, for the city desk.
        ["Stations"] = ["Data", "Limits", "Board", "Duty", "Accounts", "Map"],
        ["Intake"] = ["Live", "Data", "Duty", "Accounts", "Map", "Limits", "Meters"],
        ["Demo"] = ["Intake", "Data", "Accounts"],
        ["Bench"] = ["Live", "Data"],
        // Whose pictures a map may show is for the policy of every page.
        ["Shell"] = ["Accounts", "Board", "Data", "Limits", "Live", "Map"],
    };

    /// <summary>What the shell lends to every feature: routes, words, the drawing of an icon, a line of a CSV file, and whether it has its memory.</summary>
    private static readonly string[] Lent =
        ["ShellRoutes", "ShellTexts", "Icon", "ConnectionState", "PlainLayout", "MainLayout", "NoPermission", "ThemeSwitch", "DavaoTheme", "Words", "ApiDocument", "CsvLine", "TouchedMemory"];

    public static TheoryData<string> Features() => [.. MayKnow.Keys];

    [Fact]
    public void Every_folder_is_a_feature_of_the_table()
        => Sources.Dashboard.Keys.Where(path => path.Contains('/', StringComparison.Ordinal)).Select(path => path.Split('/')[0]).Distinct()
            .Except(["wwwroot"]).Should().BeEquivalentTo(MayKnow.Keys);

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_names_only_those_it_may_know(string feature)
    {
        var allowed = MayKnow[feature];
        var named = Sources.Ending(".cs", ".razor")
            .Where(file => file.Key.StartsWith($"{feature}/", StringComparison.Ordinal))
            .SelectMany(file => NamedIn(file.Value).Select(other => (File: file.Key, Other: other)))
            .Where(named => named.Other != feature && named.Other != "Shell" && !allowed.Contains(named.Other));

        named.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_touches_only_the_types_it_may_know(string feature)
    {
        var allowed = MayKnow[feature];
        var touched = TypesOf(feature)
            .SelectMany(type => Touched(type).Select(other => (From: type.Name, To: other)))
            .Where(pair => FeatureOf(pair.To) is { } other && other != feature && !allowed.Contains(other))
            .Where(pair => FeatureOf(pair.To) != "Shell" || !Lent.Contains(pair.To.Name))
            .Select(pair => $"{pair.From} -> {pair.To.FullName}")
            .Distinct();

        touched.Should().BeEmpty();
    }

    [Fact]
    public void From_the_shell_a_feature_takes_only_what_is_lent()
    {
        var shell = TypesOf("Shell").Select(type => type.Name).Where(name => name is not "_Imports").Except(Lent).ToList();
        shell.Should().Contain("ShellFeature");

        var taken = Sources.Ending(".cs", ".razor")
            .Where(file => MayKnow.ContainsKey(file.Key.Split('/')[0]) && !file.Key.StartsWith("Shell/", StringComparison.Ordinal))
            .SelectMany(file => shell.Where(name => Regex.IsMatch(Sources.CodeOf(file.Value), $@"(?<![\w.])(<)?{name}\b(?=[\s.(/>])"))
                .Select(name => $"{file.Key}: {name}"));

        taken.Should().BeEmpty();
    }

    [Fact]
    public void The_live_path_knows_no_database_no_component_and_no_feature()
    {
        var types = TypesOf("Live").ToList();
        types.Should().Contain(typeof(LiveBus)).And.Contain(typeof(Subscription));

        var touched = types.SelectMany(Touched).Where(type => type.Namespace is { } name
            && !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("AlertDavao.Dashboard.Live", StringComparison.Ordinal));

        touched.Select(type => type.FullName).Distinct().Should().BeEmpty();
    }

    [Fact]
    public void No_component_holds_a_context_a_user_manager_or_a_request_of_a_circuit()
    {
        var components = Own().Where(typeof(Microsoft.AspNetCore.Components.ComponentBase).IsAssignableFrom).ToList();
        components.Should().Contain(typeof(ReportBoard));
        string[] refused = ["AlertDavaoDb", "IDbContextFactory`1", "UserManager`1", "SignInManager`1", "IHttpContextAccessor"];

        components.SelectMany(component => Touched(component).Select(type => (component, type)))
            .Where(pair => refused.Contains(pair.type.Name))
            .Select(pair => $"{pair.component.Name}: {pair.type.Name}")
            .Should().BeEmpty();
    }

    [Fact]
    public void Every_class_that_nobody_inherits_is_sealed()
        => Own().Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Where(type => !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type))
            .Where(type => type != typeof(Program))
            .Select(type => type.FullName).Should().BeEmpty();

    [Fact]
    public void Public_types_are_components_alone()
        => Own().Where(type => type.IsPublic && type != typeof(Program))
            .Where(type => !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type))
            .Select(type => type.FullName).Should().BeEmpty();

    private static IEnumerable<string> NamedIn(string source)
    {
        var code = Sources.CodeOf(source);
        var features = string.Join('|', MayKnow.Keys);
        return Regex.Matches(code, $@"AlertDavao\.Dashboard\.(?<feature>{features})\b|(?<![\w.@])(?<feature>{features})\.(?=[A-Z]\w*\b)")
            .Where(match => !Regex.IsMatch(code, $@"\bnamespace AlertDavao\.Dashboard\.{match.Groups["feature"].Value}\b"))
            .Where(match => match.Value.StartsWith("AlertDavao", StringComparison.Ordinal)
                || TypesOf(match.Groups["feature"].Value).Any(type => code.AsSpan(match.Index + match.Length).StartsWith(type.Name)))
            .Select(match => match.Groups["feature"].Value);
    }

    private static IEnumerable<Type> TypesOf(string feature) => Dashboard.GetTypes().Where(type => FeatureOf(type) == feature);

    private static string? FeatureOf(Type type)
        => type.Assembly == Dashboard && type.Namespace?.Split('.') is ["AlertDavao", "Dashboard", var feature, ..] ? feature : null;

    // Written by hand: the compiler's own classes and those of the migrations are not.
    private static IEnumerable<Type> Own() => Dashboard.GetTypes().Where(type =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Namespace is { } name && name.StartsWith("AlertDavao", StringComparison.Ordinal)
        && !name.EndsWith(".Migrations", StringComparison.Ordinal) && !type.Name.EndsWith("Texts", StringComparison.Ordinal) && type.Name != "_Imports");

    // Fields, constructor and method signatures, properties and base types, generics taken apart; of the async parts too.
    private static IEnumerable<Type> Touched(Type type)
        => type.GetFields(Every).Select(field => field.FieldType)
            .Concat(type.GetConstructors(Every).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType)))
            .Concat(type.GetMethods(Every).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
                .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])))
            .Concat(type.BaseType is { } parent ? [parent] : [])
            .Concat(type.GetInterfaces())
            .SelectMany(Parts);

    private static IEnumerable<Type> Parts(Type type)
        => type.HasElementType ? Parts(type.GetElementType()!)
            : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
}
