using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// The API described for programs (OpenAPI) and for people (a page that asks no other host). In Development only: what an
/// installation serves is in docs/api.md. An endpoint is in it by the group <see cref="Name"/>.
/// </summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    public const string Page = "/scalar";
    private const string KeyScheme = "intake-key";

    /// <summary>The endpoint asks for an intake key.</summary>
    public sealed class NeedsKey;

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = endpoint => endpoint.GroupName == Name;
        options.AddDocumentTransformer((document, _, _) => Introduce(document));
        options.AddOperationTransformer((operation, context, _) => AskForKey(operation, context));
        options.AddSchemaTransformer((schema, context, _) => SayNamesAsSent(schema, context));
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference(Page, page =>
        {
            page.Title = ShellTexts.ApiTitle;
            page.DefaultFonts = false;
            page.Telemetry = false;
            page.DefaultOpenAllTags = true;
            // These would talk to other hosts.
            page.HideDeveloperTools();
            page.HideClientButton();
            page.DisableAgent();
            page.DisableMcp();
        }).AllowAnonymous();
    }

    private static Task Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = ShellTexts.ApiTitle, Version = Name, Description = ShellTexts.ApiAbout };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = ShellTexts.ApiKey,
        };
        return Task.CompletedTask;
    }

    private static Task AskForKey(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<NeedsKey>().Any())
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
        return Task.CompletedTask;
    }

    // The wire's names are the mobile app's; and every error says the two things that app reads.
    private static Task SayNamesAsSent(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (schema.Properties is not { Count: > 0 } properties)
            return Task.CompletedTask;

        schema.Properties = properties.ToDictionary(property => Sent(property.Key), property => property.Value);
        schema.Required = schema.Required?.Select(Sent).ToHashSet();
        if (typeof(ProblemDetails).IsAssignableFrom(context.JsonTypeInfo.Type))
        {
            schema.Properties["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean };
            schema.Properties["message"] = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        return Task.CompletedTask;
    }

    private static string Sent(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
