using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Operations.Practice;

/// <summary>
/// What somebody may do with the address of a form: see it and send it. The address is the permission; there is no caller. A page carries
/// a seal that tells it from all others and says since when it is open: nobody sends one who has not opened it, and nobody fills one in
/// within a moment.
/// </summary>
public sealed class PublicForm(FormInbox inbox, IDataProtectionProvider protection, IdFactory ids, TimeProvider clock)
{
    /// <summary>People take longer to fill in a form.</summary>
    public static readonly TimeSpan Quickest = TimeSpan.FromSeconds(2);

    /// <summary>What was open for longer has to be looked through again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private const int IdBytes = 16;
    private const int LongestSeal = 1_000;

    private readonly IDataProtector protector = protection.CreateProtector("form-page");

    /// <summary>The form of an address; null when there is none.</summary>
    public Task<OpenForm?> FindAsync(string token, CancellationToken cancellationToken) => inbox.FindAsync(token, cancellationToken);

    /// <summary>The seal of a page that is opened now.</summary>
    public string Seal(OpenForm form) => Seal(form.Id, ids.New());

    /// <summary>Sends what was filled in. What is sent twice from one page counts once.</summary>
    /// <param name="form">The form.</param>
    /// <param name="seal">The seal of the page, as it came back.</param>
    /// <param name="texts">What stands in the fields, by their keys.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<SentForm> SendAsync(
        OpenForm form, string seal, IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken)
    {
        if (!form.IsOpen) return new SentForm(SentResult.Closed, "", []);
        if (Open(form, seal) is not { } page) return new SentForm(SentResult.Again, Seal(form), []);
        var age = clock.GetUtcNow() - page.OpenedAt;
        if (age < Quickest) return new SentForm(SentResult.TooQuick, seal, []);
        if (age > Longest) return new SentForm(SentResult.Again, Seal(form.Id, page.Id), []);
        return await inbox.TakeAsync(form, page.Id.ToString("N", CultureInfo.InvariantCulture), texts, cancellationToken) switch
        {
            FormReception.Taken => new SentForm(SentResult.Kept, "", []),
            FormReception.Wrong wrong => new SentForm(SentResult.Wrong, seal, wrong.Problems),
            FormReception.SentBefore => new SentForm(SentResult.SentBefore, Seal(form), []),
            _ => new SentForm(SentResult.Closed, "", []),
        };
    }

    private string Seal(Guid form, Guid page)
    {
        Span<byte> said = stackalloc byte[(2 * IdBytes) + sizeof(long)];
        form.TryWriteBytes(said);
        page.TryWriteBytes(said[IdBytes..]);
        BinaryPrimitives.WriteInt64LittleEndian(said[(2 * IdBytes)..], clock.GetUtcNow().UtcTicks);
        return Base64Url.EncodeToString(protector.Protect(said.ToArray()));
    }

    private (Guid Id, DateTimeOffset OpenedAt)? Open(OpenForm form, string seal)
    {
        if (seal.Length is 0 or > LongestSeal || !Base64Url.IsValid(seal)) return null;
        try
        {
            var said = protector.Unprotect(Base64Url.DecodeFromChars(seal)).AsSpan();
            return new Guid(said[..IdBytes]) != form.Id ? null : (
                new Guid(said.Slice(IdBytes, IdBytes)),
                new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(said[(2 * IdBytes)..]), TimeSpan.Zero));
        }
        catch (CryptographicException)
        {
            return null; // made by nobody here, or with keys that are gone
        }
    }
}

/// <summary>What became of a form that was sent.</summary>
/// <param name="Result">What.</param>
/// <param name="Seal">That of the page on which it is sent again; empty where it is not.</param>
/// <param name="Problems">What is wrong, by the keys of the fields.</param>
public sealed record SentForm(SentResult Result, string Seal, IReadOnlyList<FieldProblem> Problems);

/// <summary>What became of a form that was sent.</summary>
public enum SentResult
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Something in it is wrong.</summary>
    Wrong,

    /// <summary>The form takes nothing any more.</summary>
    Closed,

    /// <summary>It was sent within a moment after the page was opened.</summary>
    TooQuick,

    /// <summary>The page was open for too long, or is none of ours: it has to be sent again.</summary>
    Again,

    /// <summary>Something else was sent from this page before; it has to be sent again, if it is meant.</summary>
    SentBefore,
}
