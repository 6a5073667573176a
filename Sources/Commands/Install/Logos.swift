/// The kernel's logos, inside the program so that `bpsh install` needs no other folder.
///
/// The pictures are those of the folder `kernelspec`; a test holds the two together.
enum Logos {
  static let svg = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64" role="img">
      <title>bp</title>
      <rect x="2" y="2" width="60" height="60" rx="13" fill="#12355b"/>
      <g stroke-width="3" stroke-linecap="round" fill="none">
        <path d="M15 18 L33 32" stroke="#6fb1ff"/>
        <path d="M15 46 L33 32" stroke="#ff9a6b"/>
        <path d="M33 32 L50 32" stroke="#6fb1ff"/>
        <path d="M49 44 C42 57 24 58 17 55" stroke="#ffd166" stroke-dasharray="0.1 5.5"/>
      </g>
      <g fill="#ffffff">
        <circle cx="15" cy="18" r="6"/>
        <circle cx="15" cy="46" r="6"/>
        <circle cx="33" cy="32" r="7"/>
        <circle cx="50" cy="32" r="6"/>
      </g>
    </svg>

    """

  /// PNG, base64.
  static let png32 = """
    iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAABmJLR0QA/wD/AP+gvaeTAAAEIUlEQVRYhcWXbUzbVRTGf/fflgKFWQauQ2bneMlG0Opw\
    w+F4i69j6mLCNtTNBWM0BOII8WUxfsCRmMA+qGwgQWeixkbR8EGcYyoaGDBFcMvGSMzGpmNxBTJLHRbYSrl+KG2AllKkzOfb/zyn93ly7rk998L/DDE7\
    EJW2O1NIWQxkAgZAtUgNJzAAok1OOmuGf/2s3beBnBx19D9xh6SgcJGCfiHgvb90f5bQ0jIBoLiJmyEOIKEo2h5XNc0Q6Dc+k6UgWpdafIYRScZwt7lD\
    AVAQxTdTHEBAsUvbhYzpZGpKAk2Hy7jc+iFNh8tITUlYCgdZU0Zg+cZdE0x1uyFGz4n6SvSROk+ubcTO/fn7GLxqC6YFp7XLrHZXwHPUcrNSZ4gD6CN1\
    bMlMDaa4R1OZHZXSd7aci1gkvAwcazuJbcQ+IzbqAKvOhEoTsvQGBq/a2LH3AJ2nz2EfHafz9DlKD32P/o4NbCkoIzLKEFQD7iact75xifew+clCFKGi\
    o7EOS98pHkw3EW9cyYVLFn746QzOyckFiVu7zCJgAwC6W6LJytuL0RjPs3fZSL49ysN1n+1jZ8kB/h4ZBSBEo+b1wu3k52YgpaS+qZ2KugZuOCZmGFAB\
    hMWZ3gzEgOP6GBd7OijdmUb6uhUzuNtWLEe/TMe37acAeKNoByV7niAiPJQIXRib7l6LRqOi9Zdez2/GrvTsVwciPB2TEw7WG8N9ctseyeJov8vYnrx1\
    XvzTj2VRXl0/I+bVhIvBfEfVV48s2IBWBdf6zvjkGr9ro9lcQbO5gk8amrz4+qPtXrEFbcGqCIWPHtKR+NvXDBhWsXJNvIfr6jlPec3nnu+KugYA8nNd\
    Y6a+qZ3K9xu81gz4FDxs1FCbE4ZaERS3jHKs38kD6SYSV8fSd8nCj8E8hqkpCbxVups7k4ycPd9Pz5EveC7GQq/VSUGznT+uLUzInwGvHjDE6Pny4Guk\
    mZIID9OSZkri+ZdLOTIURm7jyILEb10m+LhIS0yk19XTAy8DvqYh2nBaVMmMTczO9g+tBiK0AjG3vncTBmsabl2v4vchSd47437z3BVwugO+pqFtxO75\
    hwsU+7aF8KjJ743eOd3AoDvqaxpuf6kyoNuQVgMfvKjFtFohe/8Y7zY5/KVbwLMF4jjIp9zMyd4LbH2hfF5BN+6NV0gwKHzVPYFGJZAB9KmYuoW7KqDI\
    KmDOTT5YoKUgW41KwCuPazBGK6yNVWh8NZSYSEF2sor8TWquO6Cgdpyey/M7mJSy1mPA2mn+WUDtXMl9A5MM2CBUK8i7T8Mag8B+Q3JxSDLukLz9jWPe\
    ZpsOKWT1cLe5w1UJN3Jy1NH2uCoJRQGv9B8ghaweDr9S6n6aeT9ON+zaLKAYQSYQS3AepxYBxyWixtr16YlFrhdc/As1XHZUfemYaQAAAABJRU5ErkJg\
    gg==
    """

  /// PNG, base64.
  static let png64 = """
    iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAABmJLR0QA/wD/AP+gvaeTAAAIlElEQVR4nO2beVRU1x3HP/fNwrCpINYFEBWisUGDUVyC\
    HuuC0tYFjsEUN9KeaDxtSOqpjT2t5zSpTaNpTNQsPVHb5FilDWq0NSYuuFE1dV9oNFqMooKiKIIwDAzzbv8Yh0Vg5g3MjGjz/YfLnd/vvt/v++69737v\
    fQ++xf83hFbDsEEz+tgUNVlIkQiEA5FAoNcicw8VwBWgQAq5U6cqm4uPrj2nxdElAWGDZw5SpW0JiNGtjdLHOCglr5QcXXfAmVHzBAycY+iomJdL5Fyn\
    dm0bUsIHJWrgPI6ttDZl0GRi7YalhupqjBsFfM+r4fkIUrJHNckppfszS+7/TWlkPXCOQWc1bnhUkgcQglG6KvEPnkg13v9bIwI6KublQjDKN6H5FCNC\
    Ag1L769sMAQ6xk+Pl3Do/vpHCFJRZHzxocxjjooGPUCVLOHRTR5AqKpY3KDCUeg4dGZfaVPP+D4m30OR4nHHOqG2B6g2dfKDC8m3sMEkR1nvKAgY68rR\
    z6gnPWUMz4x/mr7REQCcvXCV9dsOsGbzbqqqa7wSsKchhJoI/BHqEQB0d+bUtVMIf1/2S2Ifa2g2MDaagbHRTJ80krR5b3HtZqNHbRuEqE2ibhIUdG3O\
    3M+obzL5+ujXO4q/vTMfP6O+WZs2A0G4o1hHgCSoOfv0lDFOk3egX+8oZiY/BEuIerk2Xgk2gdSkpzW3nZqU0IKIHhw0EdCnZ7hro3vo2yuixcE8CGgi\
    wB2oUnq6Sa9CEwHnLhZobtAd27YATQRkfeF0T6EBjhUo6AyNRFebhSYC1mzeTe75fJd2BaVw3tqLpOd+S3BI51YH5wtoIqCquoa0eW85JeGb6+WsPAQ2\
    FUI7R/HD539PZJ9BHgvUW9A5Cv7h/V91ZlhutpC5JYebJaWEtAuifVAAVmsNp76+yIq/fsbLr31AUdF1wmP6oyg6dHoDPb47BJ3BSNGls0DbmhwrC3Nf\
    g3pqMDR+ukciDO3ag5FTXiaoQ6fauqL8M+R8+j6WilJPXMIjuH1knQAvEADg5x/E8OSf0i26f22d+e5t9m1YQXFBHmEh7XjhR+NJTIgjOrILAHmXr7Hz\
    wElWfrKD4pIyT4XSLLxKAABCEDtsAnGjpiKE/TK2GisdSr5kQdpgggJMTbqVmy1kLFrJP3cddtp8a5Wp9wm4h/CYOBKS5+JnCiKuG6QPcr3lJKXkJ79+\
    t1kSmlOmDuSez3epTB0EeHwleD8K8k6yddVvsJbkkxanbb9NCMGKhbMJC2nX6DdPK1OvEwBQUXqLGHkaPzeUcnCgP7OnjmtU72ll6jPxnpjwpNs+k8eP\
    ZEtuVYO6WamJmv1TkxJYnbXTqY3PCOgZ/h23fbp3CWHA6Gcb1PXqpt1fizL1yRCAli2DWjsra1GmPusBF68W0a93lFs+V2+U8p+DOQ3bGTCCxyM7aPLX\
    okx9RsCuAyfcJmDT57s5sXtjg7qPw0pYPH+WJv/121yrWJ8MgYgghTFlB8Fq0exTVm5mVdaORvValWnu+XzWbNrj0s7rBCR2N7BvSjD9Asywbx1aRraU\
    koxFq7h1526j37QoU8dCqNrq+pzCaytBIeCl/iYWxptQ7l2lyibZqMYyMf05ggP9m/QrKzeTsWgVn+054rR9o0HPrJRRpCYl1M72Zy5cYcP2g6zZtMdl\
    8l5dCof6CT4cHcDoCENtXWGFyo+zKzh6w0ZYSDtmTx3HuIQ4orvbxdCFy9fZvv8Eq7J2NHnnPQ2vEdA/TMfHYwOJCq4bXfuv1fD8LjM3K1VPXMIjcBDg\
    1lPAlQJLjhK8PSIAk87Oq5Sw4rSF149YsLWt/ZBaaO4BrhTY7cIrhO79ECruAHDXKvnZXjNbLzX5btIDh1tqUIsCC+0WCePngk5P7i0boz4t93ryQsDU\
    oXqmDtUjWvhah6YhoFWB0TGC46FDmLR6K5U+OCmfMVzPsnQ/+z8Csr50/6IePxtUY+J9kjxAsKnutrf0QEpTD2irZ4N/3mtFpwNzlWTDoZax7nEt4Muz\
    wSorvLutdfPMQ3c2OGWwnq/fDmDdiyZ0HnifzeNng1oUWGvw0vcNdGonSIrTEdOl9VKmfgvNrj89rcBag02Ha1BVyDlrI+96i1eWtQcP9QiQ15qz9rQC\
    cwexkQovjNUTFmzv78u+sBKVUUHK0latLgsdhfpng5OBXs15uDobnL/4I0rvmlscUVMICxYc+J0/45/U80Skwvp/28m12lrZsOR4ZWHuWqj3FJBCZgsp\
    nL4rWG2tYXXWTpc7rZ6CyQgGvf3OGzwx4zkgZG0CtT0gOKLfDSlFhueu4h6Mevjk5yaWp/txxwwnLqqUVcLpfJULRSp/2FRNufYNJadQhD7DXHDqFtx3\
    UBMaP21XSz+Nie4smPcDIycv21i9q24e0AkI9hfcMdcN2ECTYM4YPWWV8NFeK6oKA3ooZC+0b5KcylcZvaiyJWFoQfbtI+tqDxcavi0Ov7D/cR+vP2sk\
    LUHPkjQ/BvayN2syCPa96k/e8gAWTKrbHHllooGFKUbenGZk4lP2UfjVVZWcszbKLfD+dq+JKKko8lf1KxoQcOdI5kkJf2pJy5eK7Xe4ygrFZfZyTBdB\
    33AFIWDCU3WLznJLXW8orbSXq2sgZamFqBcr2HjYO2JCSt6r/60A1JsDHLB0HbbTX1QngOjpTuN7v1I5+o2Ndz63cvGGPambdyWd2wv8/QRvbrFyrtDe\
    uQ7nSc5fU/nLHis5Z322S/SvksrqGdw80+AZ0uTU2n74tBDFIjY+Op/OyN02P55p6qOpRj0AoOpyrsXSdVimSakOEYh4Ht6vSFQpea8kqHBmVc6WJhcp\
    LhMLGTQzVhHqGxImeD4+ryJbUcWC4mNrjzsz0nxnOw2Z9liNTUm2f2wgIhFEOHvD3KcQlKNyBbgiEdl6nbr55qHM/z7osL7Fw4D/ASNeQpeecXDSAAAA\
    AElFTkSuQmCC
    """
}
