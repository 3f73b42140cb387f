using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>
/// What is told of a person, cleaned: trimmed, without control characters, at most <see cref="MaxLength"/> characters each; null where
/// nothing is told.
/// </summary>
public sealed record ContactFields
{
    /// <summary>The longest field in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Nothing is told.</summary>
    public static ContactFields None { get; } = new();

    /// <summary>The first name.</summary>
    public string? FirstName { get; private init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; private init; }

    /// <summary>The e-mail in lower case; null as well when it is none.</summary>
    public string? Email { get; private init; }

    /// <summary>The phone, E.164 where possible; null as well when it has fewer than 7 digits.</summary>
    public string? Phone { get; private init; }

    /// <summary>Whether nothing is told.</summary>
    public bool IsEmpty => FirstName is null && LastName is null && Email is null && Phone is null;

    /// <summary>The whole name, or null.</summary>
    public string? Name => NameOf(FirstName, LastName);

    /// <summary>Cleans what is told.</summary>
    public static ContactFields Of(string? firstName, string? lastName, string? email, string? phone) => new()
    {
        FirstName = Clean(firstName),
        LastName = Clean(lastName),
        Email = CleanEmail(email),
        Phone = PhoneNumber.Normalize(phone),
    };

    /// <summary>
    /// Reads the fields of the payload in both forms of the contracts: flat (<c>first_name</c> …) and nested in <c>contact</c>; the flat
    /// ones win.
    /// </summary>
    public static ContactFields FromPayload(JsonElement payload)
    {
        payload = PostedPayload.BodyOf(payload);
        if (payload.ValueKind != JsonValueKind.Object) return None;
        var flat = From(payload);
        return payload.TryGetProperty("contact", out var nested) && nested.ValueKind == JsonValueKind.Object ? flat.Or(From(nested)) : flat;
    }

    /// <summary>
    /// Reads the fields of an object: <c>first_name</c> and <c>last_name</c> (also <c>firstName</c>, <c>lastName</c>), or both in
    /// <c>name</c>; <c>email</c>, <c>phone</c>.
    /// </summary>
    public static ContactFields From(JsonElement fields)
    {
        var first = Clean(Text(fields, "first_name")) ?? Clean(Text(fields, "firstName"));
        var last = Clean(Text(fields, "last_name")) ?? Clean(Text(fields, "lastName"));
        if (first is null && last is null && Clean(Text(fields, "name")) is { } name)
        {
            var space = name.IndexOf(' ', StringComparison.Ordinal);
            (first, last) = space < 0 ? (name, null) : (name[..space], name[(space + 1)..]);
        }

        return Of(first, last, Text(fields, "email"), Text(fields, "phone"));
    }

    /// <summary>These fields, and the other's where nothing is told here.</summary>
    public ContactFields Or(ContactFields other) => new()
    {
        FirstName = FirstName ?? (LastName is null ? other.FirstName : null),
        LastName = LastName ?? (FirstName is null || FirstName == other.FirstName ? other.LastName : null),
        Email = Email ?? other.Email,
        Phone = Phone ?? other.Phone,
    };

    internal static string? NameOf(string? first, string? last)
    {
        var name = $"{first} {last}".Trim();
        return name.Length == 0 ? null : name;
    }

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    }
    : null;

    private static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var plain = text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 ? text : new string([.. text.Where(c => !char.IsControl(c))]);
        plain = plain.Trim();
        return plain.Length switch { 0 => null, > MaxLength => plain[..MaxLength], _ => plain };
    }

    private static string? CleanEmail(string? text)
    {
        if (Clean(text) is not { } email) return null;
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1 && !email.Contains(' ', StringComparison.Ordinal)
            ? email.ToLowerInvariant()
            : null;
    }
}
