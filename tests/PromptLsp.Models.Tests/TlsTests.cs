using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PromptLsp.Models.Clients;
using PromptLsp.Models.Providers;

namespace PromptLsp.Models.Tests;

/// <summary>A provider whose certificate nobody vouches for, or who speaks no TLS, gets no key.</summary>
public sealed class TlsTests : IAsyncDisposable
{
    private const string Key = "sk-test-0123456789";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<byte> _heard = [];

    public TlsTests() => _listener.Start();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        _end.Dispose();
    }

    [Theory]
    [InlineData("localhost", 30)]
    [InlineData("elsewhere.example", 30)]
    [InlineData("localhost", -1)]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(string name, int days)
    {
        using X509Certificate2 certificate = Certificate(name, days);
        Task serving = ServeAsync(certificate);
        ModelException failure = await Assert.ThrowsAsync<ModelException>(AskAsync);
        Assert.Equal(
            (ModelFault.Unreachable, "`local` cannot be reached: 127.0.0.1 cannot prove that it is itself (TLS); no key was sent"),
            (failure.Fault, failure.Message)
        );
        await serving;
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task Who_speaks_no_tls_is_refused()
    {
        Task serving = ServeAsync(null);
        Assert.Equal(
            "`local` cannot be reached: 127.0.0.1 cannot prove that it is itself (TLS); no key was sent",
            (await Assert.ThrowsAsync<ModelException>(AskAsync)).Message
        );
        await serving;
    }

    private async Task AskAsync()
    {
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        using var connection = new Connection(
            new("local", ProviderKind.OpenAI, new($"https://127.0.0.1:{port}/v1"), new Secret(Key), "providers.yaml"),
            new() { Connect = TimeSpan.FromSeconds(10), First = TimeSpan.FromSeconds(10) }
        );
        await connection.CountModels(TestContext.Current.CancellationToken);
    }

    private async Task ServeAsync(X509Certificate2? certificate)
    {
        using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
        await using NetworkStream stream = client.GetStream();
        if (certificate is null)
        {
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), _end.Token);
            return;
        }
        await using var secured = new SslStream(stream);
        try
        {
            await secured.AuthenticateAsServerAsync(certificate, clientCertificateRequired: false, checkCertificateRevocation: false);
            byte[] buffer = new byte[4096];
            while (await secured.ReadAsync(buffer, _end.Token) is > 0 and var read)
                _heard.AddRange(buffer.AsSpan(0, read));
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            // Whoever asked did not believe it.
        }
    }

    private static X509Certificate2 Certificate(string name, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
