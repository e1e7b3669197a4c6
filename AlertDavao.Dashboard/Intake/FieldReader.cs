using System.Globalization;
using System.Text.Json;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Intake;

/// <summary>Reads fields as what they should be. A fault is kept beside the field's name, and reading goes on.</summary>
internal sealed class FieldReader(IReadOnlyDictionary<string, Field> fields)
{
    private readonly Dictionary<string, List<string>> _errors = [];

    private delegate bool Normaliser(string text, out string normalised);

    /// <summary>By field name.</summary>
    public IReadOnlyDictionary<string, List<string>> Errors => _errors;

    public Field this[string name] => fields.TryGetValue(name, out var field) ? field : Field.Absent;

    // A title or a name is one line, however it was sent.
    public string? Line(string name) => Text(name, PlainText.TryNormaliseLine);

    public string? Text(string name) => Text(name, PlainText.TryNormalise);

    private string? Text(string name, Normaliser normalise)
    {
        var field = this[name];
        if (field.Kind == FieldKind.Absent)
            return null;
        if (field.Kind != FieldKind.Text)
            return Refuse(name, IntakeTexts.FieldNotText);
        return normalise(field.Text, out var text) ? text : Refuse(name, IntakeTexts.FieldNotUnicode);
    }

    public string? Short(string name)
    {
        var text = Line(name);
        return text is { Length: > Submission.MaxReporter * Submission.CharsPerElement }
            || (text is not null && new StringInfo(text).LengthInTextElements > Submission.MaxReporter)
            ? Refuse(name, Format(IntakeTexts.FieldTooLong, Submission.MaxReporter))
            : text is "" ? null : text;
    }

    // An opaque reference of the client; apps send their own row number as often as a text.
    public string? Reference(string name)
        => this[name].Kind == FieldKind.Number ? this[name].Text : Short(name);

    public double? Number(string name)
    {
        var field = this[name];
        var text = field.Text.Trim();
        if (field.Kind == FieldKind.Absent || (field.Kind == FieldKind.Text && text.Length == 0))
            return null;
        if (field.Kind is FieldKind.Text or FieldKind.Number
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number))
            return number;

        Refuse(name, IntakeTexts.FieldNotNumber);
        return null;
    }

    public bool Boolean(string name)
    {
        var field = this[name];
        var text = field.Text.Trim();
        if (field.Kind == FieldKind.Absent || (field.Kind == FieldKind.Text && text.Length == 0))
            return false;
        if (field.Kind is FieldKind.Text or FieldKind.Number or FieldKind.Boolean)
        {
            if (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase))
                return true;
            if (text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase))
                return false;
        }

        Refuse(name, IntakeTexts.FieldNotBoolean);
        return false;
    }

    public DateTimeOffset Date(string name, DateTimeOffset now)
    {
        var field = this[name];
        if (field.Kind == FieldKind.Text && ManilaTime.TryParse(field.Text, out var instant))
            return instant;

        var missing = field.Kind == FieldKind.Absent || (field.Kind == FieldKind.Text && field.Text.Trim().Length == 0);
        Refuse(name, missing ? IntakeTexts.FieldMissing : IntakeTexts.FieldNotDate);
        return now;
    }

    public List<string> Types(string name)
    {
        var field = this[name];
        // In multipart the list is JSON as text; a bare word is one type.
        if (field.Kind == FieldKind.Text)
            field = ListOrText(field) is { Kind: not FieldKind.Text } list ? list : new Field(FieldKind.List, "", [field.Text]);

        var types = new List<string>();
        if (field.Kind is not (FieldKind.List or FieldKind.Absent))
            Refuse(name, IntakeTexts.FieldNotTypes);
        foreach (var item in field.Items)
        {
            if (PlainText.TryNormaliseLine(item, out var type))
                types.Add(type);
            else
                Refuse(name, IntakeTexts.FieldNotUnicode);
        }

        return types is [""] ? [] : types;
    }

    /// <summary>The list that a text holds as JSON; a text that is none stays as it is.</summary>
    public static Field ListOrText(Field field)
        => field.Kind == FieldKind.Text && field.Text.TrimStart().StartsWith('[') ? ListIn(field.Text) : field;

    private static Field ListIn(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, JsonBody.Options);
            return Field.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return new Field(FieldKind.Other, "", []);
        }
    }

    /// <returns>Nothing: what was refused has no value.</returns>
    public string? Refuse(string name, string why)
    {
        if (!_errors.TryGetValue(name, out var texts))
            _errors[name] = texts = [];
        if (!texts.Contains(why))
            texts.Add(why);
        return null;
    }

    public static string Format(string text, int limit) => string.Format(CultureInfo.CurrentCulture, text, limit);
}
